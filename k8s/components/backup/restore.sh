#!/bin/sh
# Puts the newest dump, or the one that DUMP names, in place of what the database holds: all of it, or nothing.
set -eu
cd /backups
dump=${DUMP:-$(ls -1 voting-*.dump | sort | tail -n 1)}
pg_restore --dbname="$PGDATABASE" --clean --if-exists --no-owner --single-transaction --exit-on-error "$dump"
echo "restored from $dump: $(psql --no-psqlrc -At -c 'SELECT count(*) FROM ballot') ballots"
