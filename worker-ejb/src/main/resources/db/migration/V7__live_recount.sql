-- What organisers learn of ballots, without any voter: the ballots of a final poll in random order. Reads and rewrites no ballot, so it
-- takes no longer with ten million of them than with ten.

-- Each call makes an order of its own, and nothing that a caller may set decides it (as setseed() would for random()). The statement
-- sees whether the poll is final in the same snapshot as the ballots.
CREATE FUNCTION ballots_of(asked text) RETURNS TABLE (choice text) LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = "${flyway:defaultSchema}", pg_temp AS $$
DECLARE
    salt bytea := uuid_send(gen_random_uuid());
BEGIN
    RETURN QUERY SELECT b.choice FROM ballot b
        WHERE b.poll_id = asked AND EXISTS (
            SELECT FROM poll p WHERE p.id = asked AND p.final_at >= p.closes AND p.ballots_deleted_at IS NULL)
        ORDER BY sha256(uuid_send(b.voter_id) || salt);
    IF NOT FOUND AND NOT EXISTS (
            SELECT FROM poll p WHERE p.id = asked AND p.final_at >= p.closes AND p.ballots_deleted_at IS NULL) THEN
        RAISE EXCEPTION 'no ballots of poll % are shown: it is not final, or they are deleted', asked
            USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
END
$$;

REVOKE ALL ON FUNCTION ballots_of(text) FROM PUBLIC;
