package org.votingapp.result.follow;

/** There is no board for a poll at the moment, whether or not the poll exists. The message is a sentence for the client. */
public final class NoBoardException extends Exception {

    private static final long serialVersionUID = 1L;

    NoBoardException(String why) {
        super(why);
    }
}
