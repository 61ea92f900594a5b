#!/bin/sh
# Dumps the database into a file named by the time; keeps the newest 14. A dump that is not complete is never named so.
set -eu
# Without the newline that a file may have left in the Secret; whoever reads it as a file leaves it out, too.
PGPASSWORD=$(printf %s "$PGPASSWORD")
cd /backups
name=voting-$(date -u +%Y%m%dT%H%M%SZ).dump
rm -f ./*.part
pg_dump --format=custom --file="$name.part"
pg_restore --list "$name.part" >/dev/null
mv "$name.part" "$name"
ls -1 voting-*.dump | sort -r | tail -n +15 | while read -r old; do rm -- "$old"; done
echo "backed up to $name, $(wc -c < "$name") bytes"
