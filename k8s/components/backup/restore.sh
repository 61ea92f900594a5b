#!/bin/sh
# Puts the newest dump, or the one that DUMP names, in place of what the database holds: all of it, or nothing.
set -eu
# Without the newline that a file may have left in the Secret; whoever reads it as a file leaves it out, too.
PGPASSWORD=$(printf %s "$PGPASSWORD")
cd /backups
dump=${DUMP:-$(ls -1 voting-*.dump | sort | tail -n 1)}
workers=$(psql --no-psqlrc -At -c "SELECT count(*) FROM pg_stat_activity
  WHERE datname = current_database() AND application_name LIKE 'voting-worker%'")
if [ "$workers" != 0 ]; then
  echo "not restored: a worker is connected, and what it records now would be lost; stop it, and wait until its pods are gone" >&2
  exit 1
fi
pg_restore --dbname="$PGDATABASE" --clean --if-exists --no-owner --single-transaction --exit-on-error "$dump"
echo "restored from $dump: $(psql --no-psqlrc -At -c 'SELECT count(*) FROM ballot') ballots"
