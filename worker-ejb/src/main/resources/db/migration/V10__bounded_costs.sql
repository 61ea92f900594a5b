-- Ten million ballots are exported without temporary files, and counted anew beside a drain that goes on. Reads and rewrites no ballot.

-- How many ballots of each choice a final poll has: the file of its ballots is written in an order that the organiser server draws.
-- ballots_of (V7) sorts all ballots of the poll in temporary files, of which the role may have 64 MB (roles.sql): too few for a million.
-- Servers of the release before still call it.

-- The statement sees whether the poll is final in the same snapshot as the ballots. Before a table is analysed, Postgres would sort here, too.
CREATE FUNCTION counted_ballots_of(asked text) RETURNS TABLE (choice text, ballots bigint) LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = "${flyway:defaultSchema}", pg_temp SET enable_sort = off AS $$
BEGIN
    RETURN QUERY SELECT b.choice, count(*) FROM ballot b
        WHERE b.poll_id = asked AND EXISTS (
            SELECT FROM poll p WHERE p.id = asked AND p.final_at >= p.closes AND p.ballots_deleted_at IS NULL)
        GROUP BY b.choice;
    IF NOT FOUND AND NOT EXISTS (
            SELECT FROM poll p WHERE p.id = asked AND p.final_at >= p.closes AND p.ballots_deleted_at IS NULL) THEN
        RAISE EXCEPTION 'no ballots of poll % are shown: it is not final, or they are deleted', asked
            USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
END
$$;

REVOKE ALL ON FUNCTION counted_ballots_of(text) FROM PUBLIC;

-- A recount takes a tenth of one of Postgres' processors, however many servers take its steps: until when it rests after a step.
ALTER TABLE recount ADD COLUMN rests_until timestamptz NOT NULL DEFAULT '-infinity';

-- As in V7, but null while the recount rests.
CREATE OR REPLACE FUNCTION step_recount(asked text) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = "${flyway:defaultSchema}", pg_temp AS $$
DECLARE
    most CONSTANT integer := 20000;
    running recount;
    began timestamptz;
    found_ballots bigint;
    bound uuid;
BEGIN
    SELECT * INTO running FROM recount
        WHERE poll_id = asked AND state = 'running' AND rests_until <= clock_timestamp() FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    began := clock_timestamp();
    WITH step AS MATERIALIZED (
        SELECT b.voter_id, b.choice FROM ballot b
        WHERE b.poll_id = asked AND b.voter_id >= running.next_voter ORDER BY b.voter_id LIMIT most + 1
    ), next AS (
        SELECT voter_id FROM step ORDER BY voter_id OFFSET most
    ), counted AS (
        INSERT INTO recounted_choice AS old (poll_id, choice, ballots)
        SELECT asked, choice, count(*) FROM step WHERE voter_id NOT IN (SELECT voter_id FROM next) GROUP BY choice
        ON CONFLICT (poll_id, choice) DO UPDATE SET ballots = old.ballots + excluded.ballots
    )
    SELECT (SELECT count(*) FROM step), (SELECT voter_id FROM next) INTO found_ballots, bound;
    UPDATE recount SET counted = counted + least(found_ballots, most), next_voter = coalesce(bound, next_voter),
            rests_until = clock_timestamp() + 9 * (clock_timestamp() - began)
        WHERE poll_id = asked;
    RETURN bound IS NOT NULL;
END
$$;
