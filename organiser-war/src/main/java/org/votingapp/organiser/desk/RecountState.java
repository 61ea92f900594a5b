package org.votingapp.organiser.desk;

import java.util.Locale;

/** How far a recount has come, and what it found. */
public enum RecountState {
    /** It counts. */
    RUNNING("recount.running"),
    /** The ballots are as the tally says. */
    EQUAL("recount.equal"),
    /** They are not. */
    DIFFERENT("recount.different"),
    /** Votes came in meanwhile, so there was nothing to compare with. */
    UNSETTLED("recount.unsettled"),
    /** The ballots were deleted meanwhile. */
    DELETED("recount.deleted"),
    /** An organiser cancelled it. */
    CANCELLED("recount.cancelled");

    private final String key;

    RecountState(String key) {
        this.key = key;
    }

    /** The key of its sentence, in the bundle {@code organiser}. */
    public String key() {
        return key;
    }

    /** Its name as programs write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static RecountState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
