-- Polls, ballots and tallies. Everything a vote becomes ends here.

CREATE TABLE poll (
    id       text PRIMARY KEY,
    question text NOT NULL,
    revote   text NOT NULL CHECK (revote IN ('final', 'changeable')),
    opens    timestamptz,
    closes   timestamptz
);

CREATE TABLE poll_option (
    poll_id  text NOT NULL REFERENCES poll,
    key      text NOT NULL,
    label    text NOT NULL,
    position integer NOT NULL,
    PRIMARY KEY (poll_id, key)
);

-- One row a voter and poll: the primary key is what makes delivery "at least once" count once.
CREATE TABLE ballot (
    poll_id         text NOT NULL,
    voter_id        uuid NOT NULL,
    choice          text NOT NULL,
    -- The choice that this one replaced, so that one statement can move a vote in the tally (changeable polls).
    previous_choice text,
    -- The entry of the Redis stream that brought the ballot, as <milliseconds>-<sequence>.
    entry_id        text NOT NULL,
    -- The entry that brought this voter's first ballot, once a later one has changed the choice (changeable polls). That
    -- one is the voter's vote in the count of votes; all others are known by it as duplicates, whenever they come.
    first_entry_id  text,
    cast_at         timestamptz NOT NULL,
    PRIMARY KEY (poll_id, voter_id)
);

-- The number of ballots per option, so the sum of a poll is its number of voters; kept by the statement that inserts them.
CREATE TABLE tally (
    poll_id text NOT NULL,
    choice  text NOT NULL,
    votes   bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (poll_id, choice),
    FOREIGN KEY (poll_id, choice) REFERENCES poll_option (poll_id, key)
) WITH (fillfactor = 50);

-- For readers of the classic schema.
CREATE VIEW votes AS
SELECT voter_id::text AS id, choice AS vote FROM ballot;
