package org.votingapp.organiser.desk;

/** Something is not done, since it would break a promise or a bound. Nothing changed. */
public class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Refusal reason;

    RefusedException(Refusal reason) {
        super(reason.name());
        this.reason = reason;
    }

    /** Why. */
    public Refusal reason() {
        return reason;
    }
}
