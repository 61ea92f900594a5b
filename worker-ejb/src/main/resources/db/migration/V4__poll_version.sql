-- The version of each poll, and how far it is published to Redis. Adds columns with constant defaults only, so it takes no longer
-- with ten million ballots than with ten.

ALTER TABLE poll
    ADD COLUMN version           bigint NOT NULL DEFAULT 1,
    -- The version that Redis has, and since when.
    ADD COLUMN published_version bigint NOT NULL DEFAULT 0,
    ADD COLUMN published_at      timestamptz;

-- Triggers count, so that whatever changes a poll (a worker of an earlier release, a person with psql) is published.

CREATE FUNCTION count_poll_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.version := OLD.version + 1;
    RETURN NEW;
END
$$;

CREATE TRIGGER count_version BEFORE UPDATE ON poll FOR EACH ROW
    WHEN ((OLD.question, OLD.language, OLD.revote, OLD.opens, OLD.closes)
        IS DISTINCT FROM (NEW.question, NEW.language, NEW.revote, NEW.opens, NEW.closes))
    EXECUTE FUNCTION count_poll_version();

CREATE FUNCTION count_poll_version_of_option() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE poll SET version = version + 1 WHERE id = coalesce(NEW.poll_id, OLD.poll_id);
    RETURN NULL;
END
$$;

CREATE TRIGGER count_version AFTER INSERT OR DELETE ON poll_option
    FOR EACH ROW EXECUTE FUNCTION count_poll_version_of_option();

CREATE TRIGGER count_version_of_change AFTER UPDATE ON poll_option FOR EACH ROW
    WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION count_poll_version_of_option();
