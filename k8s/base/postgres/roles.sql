-- The roles and what they may do, beside the schema's own grants (worker-ejb, afterMigrate__grants.sql). Run as
-- administrator, connected to the database "voting", as often as one likes: by roles.sh at each start of Postgres, by the
-- local stack, and by hand on a managed Postgres (components/managed-stores).
DO $$
BEGIN
    IF to_regrole('voting_worker') IS NULL THEN CREATE ROLE voting_worker; END IF;
    IF to_regrole('voting_result') IS NULL THEN CREATE ROLE voting_result; END IF;
    IF to_regrole('voting_organiser') IS NULL THEN CREATE ROLE voting_organiser; END IF;
    IF to_regrole('voting_backup') IS NULL THEN CREATE ROLE voting_backup; END IF;
END
$$;

ALTER DATABASE voting OWNER TO voting_worker;
REVOKE ALL ON DATABASE voting FROM PUBLIC;
GRANT CONNECT ON DATABASE voting TO voting_result, voting_organiser, voting_backup;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
REVOKE CONNECT, TEMPORARY ON DATABASE postgres, template1 FROM PUBLIC;

-- No role takes all of the 97 connections (max_connections 100, three of them a superuser's). The pools of six result
-- servers and two in a roll are 48; a worker uses seven, four workers and one in a roll 35; an organiser server uses three,
-- two and one in a roll nine, and one more each while ballots are downloaded.
ALTER ROLE voting_result CONNECTION LIMIT 49;
ALTER ROLE voting_worker CONNECTION LIMIT 36;
ALTER ROLE voting_organiser CONNECTION LIMIT 10;
ALTER ROLE voting_backup CONNECTION LIMIT 2;

-- Sorting in files would fill the disk; only a superuser can raise this limit.
ALTER ROLE voting_result SET temp_file_limit = '64MB';
ALTER ROLE voting_organiser SET temp_file_limit = '64MB';
ALTER ROLE voting_backup SET temp_file_limit = '64MB';

-- What PUBLIC can do without a table: store large objects, take the locks by which workers migrate and register polls,
-- and write to the log. Large objects are nobody's here.
DO $$
DECLARE
    harmful regprocedure;
BEGIN
    FOR harmful IN
        SELECT oid FROM pg_proc
        WHERE pronamespace = 'pg_catalog'::regnamespace
          AND (proname LIKE 'lo\_%' OR proname IN ('loread', 'lowrite', 'pg_logical_emit_message') OR proname LIKE '%advisory%')
    LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', harmful);
        IF harmful::text LIKE '%advisory%' THEN
            EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO voting_worker', harmful);
        END IF;
    END LOOP;
END
$$;
