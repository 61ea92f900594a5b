-- Closed votes: polls that take votes with one-time codes alone. Reads and rewrites no ballot, so it takes no longer with ten million of
-- them than with ten.

ALTER TABLE poll
    -- A code is used up by its vote, so a poll with codes takes one vote a code, for good.
    ADD COLUMN needs_code     boolean NOT NULL DEFAULT false,
    -- Whether Redis was told that the poll needs codes. A worker of an earlier release publishes it without that, so organisers
    -- open it only afterwards.
    ADD COLUMN code_published boolean NOT NULL DEFAULT false,
    ADD CONSTRAINT codes_are_final CHECK (NOT needs_code OR revote = 'final');

DROP TRIGGER count_version ON poll;

CREATE TRIGGER count_version BEFORE UPDATE ON poll FOR EACH ROW
    WHEN ((OLD.question, OLD.language, OLD.revote, OLD.opens, OLD.closes, OLD.results, OLD.room_code, OLD.needs_code)
        IS DISTINCT FROM (NEW.question, NEW.language, NEW.revote, NEW.opens, NEW.closes, NEW.results, NEW.room_code, NEW.needs_code))
    EXECUTE FUNCTION count_poll_version();

CREATE FUNCTION forget_code_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.code_published := false;
    RETURN NEW;
END
$$;

CREATE TRIGGER forget_code_published BEFORE UPDATE OF needs_code ON poll FOR EACH ROW
    WHEN (OLD.needs_code <> NEW.needs_code)
    EXECUTE FUNCTION forget_code_published();

-- Codes that were made at once, and are revoked at once.
CREATE TABLE voter_code_batch (
    id         text PRIMARY KEY DEFAULT gen_random_uuid()::text,
    poll_id    text NOT NULL REFERENCES poll,
    codes      integer NOT NULL CHECK (codes BETWEEN 1 AND 10000),
    made_at    timestamptz NOT NULL DEFAULT now(),
    revoked_at timestamptz
);

CREATE INDEX voter_code_batch_of_poll ON voter_code_batch (poll_id, made_at);

-- SHA-256 of each code with its poll's id. The codes stand nowhere, and ballots carry a name that leads to no hash.
CREATE TABLE voter_code (
    batch     text NOT NULL REFERENCES voter_code_batch,
    code_hash bytea NOT NULL CHECK (octet_length(code_hash) = 32),
    PRIMARY KEY (batch, code_hash)
);

-- The workers publish codes with their poll.
CREATE TRIGGER count_version AFTER INSERT OR UPDATE ON voter_code_batch
    FOR EACH ROW EXECUTE FUNCTION count_poll_version_of_option();

-- A revoked code stays revoked: the organiser has told its voter so.
CREATE TRIGGER keep_revoked BEFORE UPDATE OF revoked_at ON voter_code_batch FOR EACH ROW
    WHEN (current_user = 'voting_organiser' AND OLD.revoked_at IS NOT NULL)
    EXECUTE FUNCTION refuse_organiser();
