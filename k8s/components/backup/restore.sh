#!/bin/sh
# Puts the newest dump, or the one that DUMP names, in place of what the database holds: all of it, or nothing. What was
# put back is held against the dump's books before it is committed.
. "$(dirname "$0")/common.sh"

lock "${PATIENCE:-60}" || fail "not restored: a backup or another restore is running; try again when it has ended"

dump=${DUMP:-$(dumps | tail -n 1)}
[ -n "$dump" ] || fail "not restored: there is no dump with its books on the volume; the job backup tries those without"
[ -e "$dump" ] && [ -e "$dump.books" ] ||
  fail "not restored: there is no $dump with its books; there are: $(dumps | tr '\n' ' ')$(ls -1 | grep '^aside-.*dump$' | tr '\n' ' ')"
[ "$(checksum "$dump")" = "$(sed -n '1s/^sha256\t//p' "$dump.books")" ] ||
  fail "not restored: $dump is damaged, its checksum is another; name an older one by DUMP: $(dumps | tr '\n' ' ')"
count=$(ballots "$dump.books")
[ "$count" != 0 ] || fail "not restored: $dump holds no ballots, so there is nothing to put back"

workers=$(sql -c "SELECT count(*) FROM pg_stat_activity
  WHERE datname = current_database() AND application_name LIKE 'voting-worker%'")
[ "$workers" = 0 ] ||
  fail "not restored: a worker is connected, and what it records now would be lost; stop it, and wait until its pods are gone"

# One transaction, which ends by COMMIT only if all of this has been said: what breaks off rolls back.
transaction() {
  cat <<'SQL'
SET client_min_messages = warning;
BEGIN;
SET LOCAL lock_timeout = '60s';
CREATE TEMPORARY TABLE held (poll_id text, voter_id uuid, choice text) ON COMMIT DROP;
SELECT to_regclass('public.ballot') IS NOT NULL AND :'replace' <> 'yes' AS look \gset
\if :look
LOCK TABLE public.ballot IN ACCESS EXCLUSIVE MODE;
INSERT INTO held SELECT poll_id, voter_id, choice FROM public.ballot;
\endif
SELECT format('DROP %s IF EXISTS %s CASCADE', object.type, object.identity)
FROM pg_depend, pg_identify_object(classid, objid, objsubid) AS object
WHERE refclassid = 'pg_namespace'::regclass AND refobjid = 'public'::regnamespace AND deptype = 'n'
  AND NOT EXISTS (SELECT FROM pg_depend AS part WHERE (part.classid, part.objid) = (pg_depend.classid, pg_depend.objid) AND part.deptype IN ('e', 'i'))
\gexec
SQL
  pg_restore --schema=public --no-owner --file=- "$dump" || return 1
  echo 'SELECT ('
  cat "$here/books.sql"
  cat <<'SQL'
) = :'books' AS same \gset
\if :same
SELECT count(*) AS missing, count(*) = 0 AS complete FROM held
WHERE NOT EXISTS (SELECT FROM public.ballot
  WHERE (ballot.poll_id, ballot.voter_id, ballot.choice) = (held.poll_id, held.voter_id, held.choice)) \gset
\if :complete
COMMIT;
\echo restored
\else
\warn the database holds :missing ballots that the dump does not; REPLACE=yes where they are to go (README.md)
\endif
\else
\warn what was put back does not have the books of the dump
\endif
SQL
}

outcome=$(transaction | sql -v replace="${REPLACE:-no}" -v books="$(sed 1d "$dump.books")" | tail -n 1) || outcome=
if [ "$outcome" != restored ]; then
  now=$(books 2>&1) || now="it cannot be read: $now"
  if [ "$now" != "$(sed 1d "$dump.books")" ]; then
    fail "not restored from $dump; the database is as it was:
${now:-no ballots}"
  fi
fi
cp "$dump.books" restored.books
echo "restored from $dump: $count ballots; the tally equals the recount, and both what the dump held"
