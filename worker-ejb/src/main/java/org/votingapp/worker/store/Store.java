package org.votingapp.worker.store;

/** What the worker cannot do without. */
public enum Store {
    /** Where ballots wait. */
    REDIS("Redis", "nothing is drained meanwhile"),
    /** Where ballots are recorded. */
    POSTGRES("Postgres", "ballots wait in Redis");

    private final String displayName;
    private final String consequence;

    Store(String displayName, String consequence) {
        this.displayName = displayName;
        this.consequence = consequence;
    }

    /** Its name as people write it. */
    public String displayName() {
        return displayName;
    }

    /** What its absence means, for the log. */
    String consequence() {
        return consequence;
    }
}
