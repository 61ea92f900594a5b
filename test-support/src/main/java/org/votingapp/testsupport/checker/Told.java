package org.votingapp.testsupport.checker;

/** What a client was told about a vote. */
public enum Told {
    /** It is the voter's first vote, and it was taken. */
    RECORDED,
    /** It replaced the voter's earlier choice. */
    CHANGED,
    /** Another vote of this voter, or this same one, is on record. */
    ALREADY_VOTED,
    /** A choice is on record, by this vote or by another one of this voter; the form says no more. */
    ON_RECORD,
    /** It was not registered, for certain. */
    REFUSED,
    /** There was no answer, or one that says that nobody knows: it may have been taken, once. */
    NOTHING;

    /** Whether the client knows from this which choice is on record. */
    public boolean isAcknowledgement() {
        return this == RECORDED || this == CHANGED || this == ALREADY_VOTED || this == ON_RECORD;
    }
}
