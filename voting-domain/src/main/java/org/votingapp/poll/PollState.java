package org.votingapp.poll;

/** Whether a poll takes votes at a moment. */
public enum PollState {
    /** It opens later. */
    NOT_YET_OPEN,
    /** It takes votes. */
    OPEN,
    /** It takes no more votes. */
    CLOSED
}
