-- The result server's role reads polls and tallies; who voted for what is none of its business.
-- Run after every migration, so that a role that is made later gets its rights too.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = '${reader}') THEN
        GRANT USAGE ON SCHEMA "${flyway:defaultSchema}" TO "${reader}";
        -- All of a poll but the key of its pseudonyms; revoked first, since a release before granted the whole table.
        REVOKE SELECT ON poll FROM "${reader}";
        GRANT SELECT (id, question, language, revote, opens, closes, final_at, version, published_version, published_at, room_code,
            position, results, revealed, ballots_deleted_at) ON poll TO "${reader}";
        GRANT SELECT ON poll_option, tally, room TO "${reader}";
        -- What only an administrator can take from it.
        IF has_function_privilege('${reader}', 'pg_catalog.lo_from_bytea(oid, bytea)', 'EXECUTE') THEN
            RAISE WARNING 'The role ${reader} can fill the disk with large objects; an administrator takes that away by roles.sql of k8s/base/postgres';
        END IF;
    END IF;
    -- It dumps every table (and pg_read_all_data would show it the other roles' password hashes).
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'voting_backup') THEN
        GRANT SELECT ON ALL TABLES IN SCHEMA "${flyway:defaultSchema}" TO voting_backup;
        GRANT SELECT ON ALL SEQUENCES IN SCHEMA "${flyway:defaultSchema}" TO voting_backup;
    END IF;
END
$$;
