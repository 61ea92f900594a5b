package org.votingapp.poll;

import java.util.Locale;

/** When people see the result of a poll: each rule later than the one before. */
public enum ResultsRule {
    /** At any time. */
    LIVE,
    /** Once they have voted, and when it is final. */
    VOTED,
    /** When it is final. */
    CLOSED,
    /** When the organiser reveals it. */
    ORGANISER;

    /** Whether people see the result sooner than by another rule. */
    public boolean isSoonerThan(ResultsRule other) {
        return compareTo(other) < 0;
    }

    /** Its name as people write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
