package org.votingapp.vote.casting;

/** The ballot box did not answer, or cannot take a ballot just now; it is worth trying again in a few seconds. */
public final class BallotBoxUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what is the matter, for the log
     * @param cause why
     */
    public BallotBoxUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
