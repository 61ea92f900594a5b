package org.votingapp.organiser.desk;

/** There is no such room, poll or token for this organiser. It may be another one's, which they do not learn. */
public class UnknownHereException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownHereException(String what) {
        super(what);
    }

    /** For an address that can name nothing. */
    public static UnknownHereException address() {
        return new UnknownHereException("nothing can have this address");
    }
}
