#!/bin/sh
# Run once, on an empty volume: the roles, and the database that the worker owns and fills (by its migrations).
set -eu
psql --no-psqlrc -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
  -v worker="$(cat /run/secrets/postgres-worker)" -v result="$(cat /run/secrets/postgres-result)" <<'SQL'
CREATE ROLE voting_worker LOGIN PASSWORD :'worker';
CREATE ROLE voting_result LOGIN PASSWORD :'result';
ALTER DATABASE voting OWNER TO voting_worker;
REVOKE ALL ON DATABASE voting FROM PUBLIC;
GRANT CONNECT ON DATABASE voting TO voting_result;
REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC;
SQL
