package org.votingapp.poll;

/** When people see the result of a poll. */
public enum ResultsRule {
    /** At any time. */
    LIVE,
    /** Once they have voted, and when it is final. */
    VOTED,
    /** When it is final. */
    CLOSED,
    /** When the organiser reveals it. */
    ORGANISER
}
