-- The result server's role reads polls and tallies; who voted for what is none of its business.
-- Run after every migration, so that a role that is made later gets its rights too.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = '${reader}') THEN
        GRANT USAGE ON SCHEMA "${flyway:defaultSchema}" TO "${reader}";
        GRANT SELECT ON poll, poll_option, tally TO "${reader}";
    END IF;
END
$$;
