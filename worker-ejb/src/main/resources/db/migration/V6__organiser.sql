-- What organisers need: whose room it is, rounds, what configuration last said of a poll's hours, log-ins, and the record of what they did.
-- Reads and rewrites no ballot, so it takes no longer with ten million of them than with ten.

ALTER TABLE room
    -- The organiser who owns it. A room of the file of polls has none: administrators steer it.
    ADD COLUMN owner             text,
    ADD COLUMN created_at        timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN archived_at       timestamptz,
    -- Since when it is gone. The row stays: nobody is given its code again, and its link says that the room was deleted.
    ADD COLUMN deleted_at        timestamptz,
    -- The version that Redis has, and since when, as of a poll.
    ADD COLUMN published_version bigint NOT NULL DEFAULT 0,
    ADD COLUMN published_at      timestamptz;

CREATE INDEX room_of_owner ON room (owner);

ALTER TABLE poll
    -- Whether configuration gave it, and the hours that it last gave. An organiser's hours stand until configuration gives others.
    ADD COLUMN configured        boolean NOT NULL DEFAULT false,
    ADD COLUMN configured_opens  timestamptz,
    ADD COLUMN configured_closes timestamptz,
    -- A poll that is asked again is a new poll of the next round.
    ADD COLUMN round             integer NOT NULL DEFAULT 1,
    ADD COLUMN asked_before      text REFERENCES poll,
    ADD COLUMN archived_at       timestamptz;

UPDATE poll SET configured = true, configured_opens = opens, configured_closes = closes;

-- The label by which people have voted, where an organiser has corrected it since.
ALTER TABLE poll_option ADD COLUMN first_label text;

DROP TRIGGER count_version ON room;

CREATE TRIGGER count_version BEFORE UPDATE ON room FOR EACH ROW
    WHEN ((OLD.title, OLD.stage, OLD.deleted_at) IS DISTINCT FROM (NEW.title, NEW.stage, NEW.deleted_at))
    EXECUTE FUNCTION count_room_version();

-- A poll that closes later than before, or not at all, is open again: its result is final no more.

CREATE FUNCTION take_back_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.final_at := NULL;
    RETURN NEW;
END
$$;

CREATE TRIGGER take_back_final BEFORE UPDATE OF closes ON poll FOR EACH ROW
    WHEN (NEW.final_at IS NOT DISTINCT FROM OLD.final_at AND OLD.closes IS NOT NULL AND (NEW.closes IS NULL OR NEW.closes > OLD.closes))
    EXECUTE FUNCTION take_back_final();

-- These count versions for the organiser server, too, whose role may not write versions itself.

ALTER FUNCTION count_poll_version_of_option() SECURITY DEFINER SET search_path = "${flyway:defaultSchema}", pg_temp;
ALTER FUNCTION count_room_version_of_poll() SECURITY DEFINER SET search_path = "${flyway:defaultSchema}", pg_temp;

-- What the privileges of columns and tables cannot say: the organiser server makes no result final, and removes no vote.

CREATE FUNCTION refuse_organiser() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'permission denied: % of % is the workers'' affair', lower(TG_OP), TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER keep_final BEFORE UPDATE OF final_at ON poll FOR EACH ROW
    WHEN (current_user = 'voting_organiser' AND NEW.final_at IS NOT NULL AND NEW.final_at IS DISTINCT FROM OLD.final_at)
    EXECUTE FUNCTION refuse_organiser();

CREATE TRIGGER keep_votes BEFORE DELETE ON tally FOR EACH ROW
    WHEN (current_user = 'voting_organiser' AND OLD.votes <> 0)
    EXECUTE FUNCTION refuse_organiser();

-- Log-ins. Postgres holds them, so that every organiser server knows each of them.

CREATE TABLE organiser_session (
    -- SHA-256 of the token in the cookie, which stands nowhere.
    token_hash    bytea PRIMARY KEY,
    organiser     text NOT NULL,
    administrator boolean NOT NULL,
    begun_at      timestamptz NOT NULL DEFAULT now(),
    used_at       timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX session_of_organiser ON organiser_session (organiser);

-- Failed log-ins of a name or an address.
CREATE TABLE login_failure (
    subject  text PRIMARY KEY,
    failures integer NOT NULL,
    last_at  timestamptz NOT NULL
);

CREATE TABLE api_token (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    token_hash    bytea NOT NULL UNIQUE,
    organiser     text NOT NULL,
    administrator boolean NOT NULL,
    name          text NOT NULL,
    created_at    timestamptz NOT NULL DEFAULT now(),
    expires_at    timestamptz NOT NULL,
    used_at       timestamptz
);

CREATE INDEX api_token_of_organiser ON api_token (organiser);

-- What organisers did. It outlives rooms and polls, so it refers to none. The organiser server may add to it, and change nothing.
CREATE TABLE audit (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    organiser text NOT NULL,
    action    text NOT NULL,
    room_code text,
    poll_id   text,
    before    text,
    after     text
);

CREATE INDEX audit_of_room ON audit (room_code, id);
