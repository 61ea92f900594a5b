-- Organisers who log in by an OpenID provider.

-- How they were at their last log-in there.
CREATE TABLE organiser_identity (
    -- By which rooms, sessions, tokens and the audit log know them, made of issuer and subject. No name of ORGANISERS begins so.
    name          text PRIMARY KEY CHECK (name LIKE 'oidc:%'),
    issuer        text NOT NULL,
    -- The provider's own name of a person, which it gives to nobody else.
    subject       text NOT NULL,
    display_name  text NOT NULL,
    administrator boolean NOT NULL,
    logged_in_at  timestamptz NOT NULL DEFAULT now(),
    UNIQUE (issuer, subject)
);

-- How an organiser was called when they did it. Rows from before have none: there, name and display name were the same.
ALTER TABLE audit ADD COLUMN known_as text;
