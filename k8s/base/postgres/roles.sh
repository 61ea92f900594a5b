#!/bin/sh
# After each start of Postgres: the roles and their privileges, so that an existing database gets new ones, too. A role
# without a password takes that of its Secret; one that it has is left, since rotating it is a person's act.
set -eu
here=$(dirname "$0")
tries=0
# By TCP: while the image makes a database, only its socket answers. As long as the startup probe waits.
until pg_isready --quiet --host=127.0.0.1; do
  tries=$((tries + 1))
  [ "$tries" -lt 600 ] || { echo "roles: Postgres does not answer" >&2; exit 1; }
  sleep 1
done
sql() { psql --no-psqlrc --quiet -v ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname voting "$@"; }
sql --file "$here/roles.sql"
for role in worker result organiser backup; do
  [ -r "/run/secrets/postgres-$role" ] || continue
  sql -v role="voting_$role" -v file="/run/secrets/postgres-$role" <<'SQL'
\set password `cat :file`
SELECT format('ALTER ROLE %I LOGIN PASSWORD %L', rolname, :'password') FROM pg_authid
WHERE rolname = :'role' AND rolpassword IS NULL \gexec
SQL
done
