-- What organisers learn of ballots, without any voter: the ballots of a final poll in random order, how many there are, and what the
-- books of Redis say of them. Reads and rewrites no ballot, so it
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

-- The last recount of each poll. It stands here, so that any organiser server takes it further.
CREATE TABLE recount (
    poll_id    text PRIMARY KEY,
    organiser  text NOT NULL,
    -- "unsettled": votes came in meanwhile, so that there is nothing to compare with.
    state      text NOT NULL CHECK (state IN ('running', 'equal', 'different', 'unsettled', 'deleted', 'cancelled')),
    begun_at   timestamptz NOT NULL,
    ended_at   timestamptz,
    -- Since when the result was final when it began; null where it was not.
    final_at   timestamptz,
    counted    bigint NOT NULL DEFAULT 0,
    -- The first voter not yet counted. The organiser server may not read it.
    next_voter uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000'
);

-- What it has counted.
CREATE TABLE recounted_choice (
    poll_id text NOT NULL,
    choice  text NOT NULL,
    ballots bigint NOT NULL,
    PRIMARY KEY (poll_id, choice)
);

-- Begins a recount; false where one runs, or where there are no ballots any more.
CREATE FUNCTION begin_recount(asked text, who text) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = "${flyway:defaultSchema}", pg_temp AS $$
BEGIN
    INSERT INTO recount AS old (poll_id, organiser, state, begun_at, final_at)
        SELECT p.id, who, 'running', clock_timestamp(), CASE WHEN p.final_at >= p.closes THEN p.final_at END
        FROM poll p WHERE p.id = asked AND p.ballots_deleted_at IS NULL
    ON CONFLICT (poll_id) DO UPDATE
        SET organiser = excluded.organiser, state = excluded.state, begun_at = excluded.begun_at, ended_at = NULL,
            final_at = excluded.final_at, counted = 0, next_voter = DEFAULT
        WHERE old.state <> 'running';
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    DELETE FROM recounted_choice WHERE poll_id = asked;
    RETURN true;
END
$$;

-- Counts the next ballots; false where these were the last, null where another server is at it or none runs. The number of ballots is
-- fixed here: a caller who chose it would see them one by one.
CREATE FUNCTION step_recount(asked text) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = "${flyway:defaultSchema}", pg_temp AS $$
DECLARE
    most CONSTANT integer := 20000;
    running recount;
    found_ballots bigint;
    bound uuid;
BEGIN
    SELECT * INTO running FROM recount WHERE poll_id = asked AND state = 'running' FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
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
    UPDATE recount SET counted = counted + least(found_ballots, most), next_voter = coalesce(bound, next_voter)
        WHERE poll_id = asked;
    RETURN bound IS NOT NULL;
END
$$;

REVOKE ALL ON FUNCTION begin_recount(text, text), step_recount(text) FROM PUBLIC;

-- What workers read in Redis and in the tally, every two seconds, and write where it changed. The drain writes none of it.

-- The votes of a poll at the end of each of the last minutes, and one from before, from which the first difference is taken.
CREATE TABLE vote_pace (
    poll_id text NOT NULL,
    minute  timestamptz NOT NULL,
    votes   bigint NOT NULL,
    PRIMARY KEY (poll_id, minute)
);

-- Votes of which nobody knows any more when they came.
INSERT INTO vote_pace (poll_id, minute, votes)
    SELECT poll_id, date_trunc('minute', now()) - interval '1 day', sum(votes) FROM tally GROUP BY poll_id HAVING sum(votes) > 0;

-- The voters on record in Redis beside the votes in the tally.
CREATE TABLE poll_books (
    poll_id    text PRIMARY KEY,
    voters     bigint NOT NULL,
    votes      bigint NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now()
);

-- The books of all polls together, in one row: accepted = recorded + duplicate + rejected + pending, with nothing on its way.
CREATE TABLE ballot_books (
    one          boolean PRIMARY KEY DEFAULT true CHECK (one),
    accepted     bigint NOT NULL,
    recorded     bigint NOT NULL,
    duplicate    bigint NOT NULL,
    rejected     bigint NOT NULL,
    pending      bigint NOT NULL,
    -- How long the ballots that were recorded last had waited since they were cast; null where none was since the worker started.
    delay_millis bigint,
    changed_at   timestamptz NOT NULL DEFAULT now()
);

-- The last ballots that could not be recorded, by their ids among the rejected entries. Neither voter nor choice.
CREATE TABLE rejected_ballot (
    entry_id    text PRIMARY KEY,
    poll_id     text NOT NULL,
    reason      text NOT NULL,
    rejected_at timestamptz NOT NULL
);

CREATE INDEX rejected_ballot_of_poll ON rejected_ballot (poll_id);
