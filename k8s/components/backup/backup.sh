#!/bin/sh
# Dumps the database, restores the dump into a scratch database, and keeps it if its books are in order there and hold no
# fewer ballots than those of the dump before. README.md has the rules.
. "$(dirname "$0")/common.sh"

scratch=${SCRATCH:-host=127.0.0.1 port=5432 user=postgres sslmode=disable}

# Keeps the newest $1 dumps, and the newest of each of the last $2 days and $3 weeks that have one.
rotate() {
  number=0 days= weeks=
  for dump in $(dumps | sort -r); do
    number=$((number + 1)) keep=
    day=$(echo "$dump" | sed 's/voting-\(....\)\(..\)\(..\).*/\1-\2-\3/')
    week=$(date -u -d "$day 12:00" +%G-%V)
    [ "$number" -gt "$1" ] || keep=yes
    case " $days " in *" $day "*) ;; *) days="$days $day"; [ "$(echo "$days" | wc -w)" -gt "$2" ] || keep=yes ;; esac
    case " $weeks " in *" $week "*) ;; *) weeks="$weeks $week"; [ "$(echo "$weeks" | wc -w)" -gt "$3" ] || keep=yes ;; esac
    if [ -z "$keep" ]; then
      echo "removed $dump"
      rm -f "$dump" "$dump.books"
    fi
  done
}

# What was put aside goes first, then dumps that lie close together; the newest three never.
make_room() {
  for aside in aside-*; do
    [ -e "$aside" ] || continue
    echo "removed $aside"
    rm -f aside-*
    return 0
  done
  for rule in "3 7 4" "3 3 2" "3 1 0"; do
    removed=$(rotate $rule)
    [ -z "$removed" ] || { echo "$removed"; return 0; }
  done
  return 1
}

put_aside() {
  aside=aside-${1#voting-}
  aside=${aside%.part}
  mv "$1" "$aside"
  [ ! -e "$1.books" ] || mv "$1.books" "$aside.books"
  ls -1 | sed -n '/^aside-.*\.dump$/p' | sort -r | tail -n +3 | while read -r old; do rm -f "$old" "$old.books"; done
  fail "not backed up: $2; put aside as $aside, and earlier dumps are kept"
}

# $1 becomes the dump $2 when it has been restored and its books are in order.
admit() {
  sql --dbname="$scratch dbname=postgres" -c 'SET client_min_messages = warning' -c 'DROP DATABASE IF EXISTS trial' -c 'CREATE DATABASE trial'
  pg_restore --dbname="$scratch dbname=trial" --schema=public --no-owner --no-privileges --exit-on-error \
    --single-transaction "$1" || put_aside "$1" "the dump cannot be restored into the scratch database"
  { printf 'sha256\t%s\n' "$(checksum "$1")"; books --dbname="$scratch dbname=trial"; } > "$1.books"
  sql --dbname="$scratch dbname=postgres" -c 'DROP DATABASE trial'

  uneven=$(awk -F '\t' 'NR > 1 && $3 != $4 { printf " %s/%s: %s ballots, tally %s;", $1, $2, $3, $4 }' "$1.books")
  [ -z "$uneven" ] || put_aside "$1" "the tally is not the number of ballots:$uneven"

  before=$(dumps | tail -n 1)
  before=${before:+$before.books}
  if [ -e restored.books ] && { [ -z "$before" ] || [ restored.books -nt "$before" ]; }; then before=restored.books; fi
  if [ -n "$before" ] && [ "${FEWER:-}" != accept ]; then
    fewer=$(awk -F '\t' 'NR == FNR { before[$1] += $3; next } { now[$1] += $3 }
      END { for (poll in before) if (now[poll] + 0 < before[poll]) printf " %s: %d, before %d;", poll, now[poll], before[poll] }' \
      "$before" "$1.books")
    [ -z "$fewer" ] || put_aside "$1" "fewer ballots than in ${before%.books}:$fewer FEWER=accept where that is right (README.md)"
  fi

  # On the disk before it has its name; the dump comes last, so that books without one are half of nothing.
  sync "$1" "$1.books"
  mv "$1.books" "$2.books"
  [ "$1" = "$2" ] || mv "$1" "$2"
  sync .
}

dump() {
  pg_dump --format=custom --schema=public --no-blobs --lock-wait-timeout=60s --file="$1" 2> "$PGPASSFILE.errors"
}

lock "${PATIENCE:-1800}" || fail "not backed up: a restore or another backup has run for half an hour"
rm -f ./*.part ./*.part.books
for books in voting-*.dump.books; do [ -e "${books%.books}" ] || rm -f "$books"; done
# Dumps of a version that kept no books.
for old in voting-*.dump; do [ ! -e "$old" ] || [ -e "$old.books" ] || admit "$old" "$old"; done

[ -n "$(sql -c "SELECT to_regclass('public.ballot')")" ] ||
  fail "not backed up: the database has no table of ballots; a worker makes it, or a restore (README.md)"
name=voting-$(date -u +%Y%m%dT%H%M%SZ).dump
trap 'rm -f "$PGPASSFILE" "$PGPASSFILE.errors"' EXIT
until dump "$name.part"; do
  cat "$PGPASSFILE.errors" >&2
  rm -f "$name.part"
  grep -q 'No space left on device' "$PGPASSFILE.errors" || fail "not backed up: pg_dump failed"
  make_room || fail "not backed up: the volume is full, and only the newest dumps are left on it; make it larger"
done
admit "$name.part" "$name"
rotate 12 7 4
echo "backed up to $name, $(wc -c < "$name") bytes, $(ballots "$name.books") ballots, restored once into a scratch database"
