package org.votingapp.worker.store;

/** A store that the worker depends on. */
public enum Store {
    /** Holds ballots until they are recorded. */
    REDIS("Redis", "nothing is drained meanwhile"),
    /** Holds recorded ballots. */
    POSTGRES("Postgres", "ballots wait in Redis");

    private final String displayName;
    private final String consequence;

    Store(String displayName, String consequence) {
        this.displayName = displayName;
        this.consequence = consequence;
    }

    /** Its name, for people. */
    String displayName() {
        return displayName;
    }

    /** What follows while it fails, for the log. */
    String consequence() {
        return consequence;
    }
}
