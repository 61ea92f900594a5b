package org.votingapp.organiser.openid;

/** The provider does not answer, or not as OpenID Connect has it. Nobody is to blame who wants to log in. */
public class ProviderUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    /** With the reason, for the log. */
    public ProviderUnavailableException(String reason) {
        super(reason);
    }

    /** The same, with its cause. */
    public ProviderUnavailableException(String reason, Throwable cause) {
        super(reason + ": " + cause.getMessage(), cause);
    }
}
