package org.votingapp.poll;

/** A part of a poll is not what it must be; the message says what would be right, to follow "it must be". */
public final class PollPartException extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param expected what would be right */
    public PollPartException(String expected) {
        super(expected);
    }
}
