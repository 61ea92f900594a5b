package org.votingapp.worker.store;

import jakarta.ejb.ApplicationException;
import org.votingapp.runtime.store.Reason;

/**
 * A store did not do what it was asked, for a reason that lies with the store and not with the ballots: try again later.
 *
 * <p>An application exception that rolls back, so that the EJB container does not log each try.
 */
@ApplicationException(rollback = true)
public final class StoreAwayException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Store store;

    /**
     * @param store which one
     * @param reason why, without secrets; its first line is the message
     * @param cause what the driver threw
     */
    public StoreAwayException(Store store, String reason, Throwable cause) {
        super(Reason.line(reason), cause);
        this.store = store;
    }

    /** The store that is away. */
    public Store store() {
        return store;
    }
}
