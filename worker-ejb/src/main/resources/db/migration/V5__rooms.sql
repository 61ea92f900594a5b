-- Rooms, who sees a poll's result, and the key of a poll's pseudonyms. Reads and rewrites no ballot, so it takes no longer with ten
-- million of them than with ten.

CREATE TABLE room (
    code     text PRIMARY KEY,
    title    text NOT NULL,
    -- The order of the rooms in their file.
    position integer NOT NULL DEFAULT 0,
    -- The poll on stage. Only a room without polls has none.
    stage    text REFERENCES poll,
    version  bigint NOT NULL DEFAULT 1
);

ALTER TABLE poll
    -- A poll that has left its room keeps the code and has no position. The house room's polls have neither.
    ADD COLUMN room_code text REFERENCES room,
    ADD COLUMN position  integer,
    ADD COLUMN results   text NOT NULL DEFAULT 'live' CHECK (results IN ('live', 'voted', 'closed', 'organiser')),
    -- Whether an organiser has revealed a result that the rule would hide.
    ADD COLUMN revealed  boolean NOT NULL DEFAULT false,
    -- Makes the pseudonyms by which ballots name their voters. A poll from before this column has none: its ballots carry the
    -- voters' own ids, and go on doing so.
    ADD COLUMN voter_key text,
    -- Since when its ballots are gone (BALLOT_RETENTION).
    ADD COLUMN ballots_deleted_at timestamptz;

ALTER TABLE poll ALTER COLUMN voter_key SET DEFAULT gen_random_uuid()::text;

CREATE INDEX poll_of_room ON poll (room_code, position);

-- What vote servers know of a poll counts as a version of it, and what they know of a room as one of the room.

DROP TRIGGER count_version ON poll;

CREATE TRIGGER count_version BEFORE UPDATE ON poll FOR EACH ROW
    WHEN ((OLD.question, OLD.language, OLD.revote, OLD.opens, OLD.closes, OLD.results, OLD.room_code)
        IS DISTINCT FROM (NEW.question, NEW.language, NEW.revote, NEW.opens, NEW.closes, NEW.results, NEW.room_code))
    EXECUTE FUNCTION count_poll_version();

CREATE FUNCTION count_room_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.version := OLD.version + 1;
    RETURN NEW;
END
$$;

CREATE TRIGGER count_version BEFORE UPDATE ON room FOR EACH ROW
    WHEN ((OLD.title, OLD.stage) IS DISTINCT FROM (NEW.title, NEW.stage))
    EXECUTE FUNCTION count_room_version();

CREATE FUNCTION count_room_version_of_poll() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE room SET version = version + 1
    WHERE TG_OP <> 'INSERT' AND code = OLD.room_code OR TG_OP <> 'DELETE' AND code = NEW.room_code;
    RETURN NULL;
END
$$;

CREATE TRIGGER count_version_of_room AFTER INSERT OR DELETE ON poll
    FOR EACH ROW EXECUTE FUNCTION count_room_version_of_poll();

CREATE TRIGGER count_version_of_room_change AFTER UPDATE ON poll FOR EACH ROW
    WHEN ((OLD.room_code, OLD.position) IS DISTINCT FROM (NEW.room_code, NEW.position))
    EXECUTE FUNCTION count_room_version_of_poll();

-- The result servers hear of a room that changes, and of a poll whose result shows otherwise than before.

CREATE FUNCTION tell_room() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('room', NEW.code);
    RETURN NULL;
END
$$;

CREATE TRIGGER tell AFTER INSERT OR UPDATE ON room FOR EACH ROW EXECUTE FUNCTION tell_room();

CREATE FUNCTION tell_poll() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('tally', NEW.id);
    RETURN NULL;
END
$$;

CREATE TRIGGER tell AFTER UPDATE ON poll FOR EACH ROW
    WHEN ((OLD.version, OLD.revealed) IS DISTINCT FROM (NEW.version, NEW.revealed))
    EXECUTE FUNCTION tell_poll();
