package org.votingapp.organiser.openid;

/** What a browser or the provider sent does not prove who somebody is. */
public class UnprovedException extends Exception {

    private static final long serialVersionUID = 1L;

    /** With the reason, for the log. */
    public UnprovedException(String reason) {
        super(reason);
    }

    /** The same, with its cause. */
    public UnprovedException(String reason, Throwable cause) {
        super(reason + ": " + cause.getMessage(), cause);
    }
}
