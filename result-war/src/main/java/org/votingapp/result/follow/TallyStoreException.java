package org.votingapp.result.follow;

/** The store of tallies did not do what it was asked. */
public final class TallyStoreException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * @param publicReason why, in words that the public health page may show
     * @param cause what happened, for the log
     */
    public TallyStoreException(String publicReason, Throwable cause) {
        super(publicReason, cause);
    }

    /** The store failed without an exception of its own. */
    public TallyStoreException(String publicReason) {
        super(publicReason);
    }

    /** Why, in words that the public health page may show. */
    public String publicReason() {
        return getMessage();
    }

    /** Why, for the log: the innermost cause, whose message may tell what must not be public. */
    String logReason() {
        Throwable innermost = this;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return innermost == this ? getMessage() : innermost.toString();
    }
}
