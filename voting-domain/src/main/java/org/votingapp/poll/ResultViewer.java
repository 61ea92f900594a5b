package org.votingapp.poll;

/** Who asks for a result. */
public enum ResultViewer {
    /** Nothing is known about them. */
    ANYBODY,
    /** They have voted in the poll. */
    VOTER
}
