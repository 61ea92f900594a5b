-- What the roles of the other servers may do. Who voted for what is none of their business.
-- Run after every migration, so that a role that is made later gets its rights too.
DO $$
BEGIN
    -- The result server reads polls and tallies.
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = '${reader}') THEN
        GRANT USAGE ON SCHEMA "${flyway:defaultSchema}" TO "${reader}";
        -- All of a poll but the key of its pseudonyms; revoked first, since a release before granted the whole table.
        REVOKE SELECT ON poll FROM "${reader}";
        GRANT SELECT (id, question, language, revote, opens, closes, final_at, version, published_version, published_at, room_code,
            position, results, revealed, ballots_deleted_at, round, archived_at) ON poll TO "${reader}";
        -- All of a room but whose it is.
        REVOKE SELECT ON room FROM "${reader}";
        GRANT SELECT (code, title, position, stage, version, archived_at, deleted_at) ON room TO "${reader}";
        GRANT SELECT ON poll_option, tally TO "${reader}";
        -- What only an administrator can take from it.
        IF has_function_privilege('${reader}', 'pg_catalog.lo_from_bytea(oid, bytea)', 'EXECUTE') THEN
            RAISE WARNING 'The role ${reader} can fill the disk with large objects; an administrator takes that away by roles.sql of k8s/base/postgres';
        END IF;
    END IF;
    -- The organiser server writes rooms and polls. It reads no table of ballots, no key of pseudonyms, and no count but the tally; triggers
    -- keep it from making results final and from removing votes (V6).
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'voting_organiser') THEN
        GRANT USAGE ON SCHEMA "${flyway:defaultSchema}" TO voting_organiser;
        GRANT SELECT ON room, poll_option, tally, audit TO voting_organiser;
        GRANT SELECT (id, question, language, revote, opens, closes, final_at, version, published_version, published_at, room_code,
            position, results, revealed, ballots_deleted_at, configured, configured_opens, configured_closes, round, asked_before, archived_at,
            needs_code, code_published)
            ON poll TO voting_organiser;
        GRANT INSERT (code, title, position, stage, owner, archived_at, deleted_at),
            UPDATE (title, position, stage, archived_at, deleted_at) ON room TO voting_organiser;
        GRANT INSERT (id, question, language, revote, opens, closes, room_code, position, results, revealed, round, asked_before,
            archived_at, needs_code),
            UPDATE (question, language, revote, opens, closes, final_at, position, results, revealed, archived_at, needs_code)
            ON poll TO voting_organiser;
        GRANT INSERT, UPDATE, DELETE ON poll_option TO voting_organiser;
        -- No number of votes: a row begins at zero.
        GRANT INSERT (poll_id, choice), DELETE ON tally TO voting_organiser;
        GRANT SELECT, INSERT, UPDATE, DELETE ON organiser_session, login_failure, api_token TO voting_organiser;
        -- It adds hashes of codes, and reads none. Their number, their time and their poll stay.
        GRANT SELECT, INSERT (poll_id, codes), UPDATE (revoked_at) ON voter_code_batch TO voting_organiser;
        GRANT INSERT ON voter_code TO voting_organiser;
        -- Of those whom an OpenID provider knows: who somebody is never changes.
        GRANT SELECT, INSERT, UPDATE (display_name, administrator, logged_in_at) ON organiser_identity TO voting_organiser;
        -- The time and the number are Postgres'.
        GRANT INSERT (organiser, action, room_code, poll_id, before, after, known_as) ON audit TO voting_organiser;
        -- The ballots of final polls, without voters: in random order for the release before, and their numbers.
        GRANT EXECUTE ON FUNCTION ballots_of(text), counted_ballots_of(text) TO voting_organiser;
        -- How many there are of each choice.
        GRANT EXECUTE ON FUNCTION begin_recount(text, text), step_recount(text) TO voting_organiser;
        GRANT SELECT (poll_id, organiser, state, begun_at, ended_at, final_at, counted), UPDATE (state, ended_at)
            ON recount TO voting_organiser;
        GRANT SELECT ON recounted_choice, vote_pace, poll_books, ballot_books, rejected_ballot TO voting_organiser;
        -- By which JPA reads the number of a new row.
        GRANT SELECT ON SEQUENCE audit_id_seq, api_token_id_seq TO voting_organiser;
    END IF;
    -- It dumps every table (and pg_read_all_data would show it the other roles' password hashes).
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'voting_backup') THEN
        GRANT SELECT ON ALL TABLES IN SCHEMA "${flyway:defaultSchema}" TO voting_backup;
        GRANT SELECT ON ALL SEQUENCES IN SCHEMA "${flyway:defaultSchema}" TO voting_backup;
    END IF;
END
$$;
