package org.votingapp.testsupport.checker;

/** What an answer says about a vote. */
public enum Told {
    /** The voter's first vote was taken. */
    RECORDED,
    /** The vote replaced the voter's earlier choice. */
    CHANGED,
    /** This voter has voted already, perhaps with this very request. */
    ALREADY_VOTED,
    /** A choice of this voter is on record, by this request or another one. The form says no more. */
    ON_RECORD,
    /** The vote was certainly not taken. */
    REFUSED,
    /** No answer, or "not confirmed": the vote may have been taken once. */
    NOTHING;

    /** Whether the client now knows which choice is on record. */
    public boolean isAcknowledgement() {
        return this == RECORDED || this == CHANGED || this == ALREADY_VOTED || this == ON_RECORD;
    }
}
