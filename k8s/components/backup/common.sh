# What backup.sh and restore.sh share.
set -eu
umask 077
export LC_ALL=C
here=$(dirname "$0")
cd "${BACKUPS:-/backups}"

fail() {
  echo "$*" >&2
  exit 1
}

# libpq takes a password from a file that nobody else may read, which a mounted Secret's is not. $(…) leaves out the
# newline that a file may have left in the Secret.
login=${LOGIN:-/run/secrets/postgres}
PGUSER=$(cat "$login/username")
PGPASSFILE=$(mktemp)
trap 'rm -f "$PGPASSFILE"' EXIT
printf '*:*:*:*:%s\n' "$(sed 's/[\\:]/\\&/g' "$login/password")" > "$PGPASSFILE"
export PGUSER PGPASSFILE PGAPPNAME=voting-backup PGCONNECT_TIMEOUT=10

sql() { psql --no-psqlrc --quiet --no-align --tuples-only -v ON_ERROR_STOP=1 "$@"; }

# The books of a database: a line for each option with poll, option, ballots counted anew, and the tally.
books() { { cat "$here/books.sql"; echo ';'; } | sql "$@"; }

# Backups and restores one at a time: a restore pauses the hourly job so.
lock() {
  exec 9>.lock
  flock --wait "$1" 9
}

ballots() { awk -F '\t' '{ sum += $3 } END { print sum + 0 }' "$1"; }

checksum() { sha256sum < "$1" | cut -d ' ' -f 1; }

# A dump is one that has its books beside it: it was complete, and has been restored once.
dumps() { ls -1 | sed -n 's/^\(voting-[0-9]\{8\}T[0-9]\{6\}Z\.dump\)\.books$/\1/p' | sort; }
