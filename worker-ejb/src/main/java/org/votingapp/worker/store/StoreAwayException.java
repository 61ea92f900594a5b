package org.votingapp.worker.store;

import jakarta.ejb.ApplicationException;
import org.votingapp.runtime.postgres.PostgresFailure;
import org.votingapp.runtime.store.Reason;

/**
 * A store failed, for a reason that lies with the store and not with the ballots: try again later.
 *
 * <p>An application exception with rollback, because the EJB container logs each system exception.
 */
@ApplicationException(rollback = true)
public final class StoreAwayException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Store store;

    /**
     * @param store the store that failed
     * @param reason why, without secrets; its first line is the message
     * @param cause what the driver threw
     */
    public StoreAwayException(Store store, String reason, Throwable cause) {
        super(Reason.line(reason), cause);
        this.store = store;
    }

    /** A failure of Redis, as Jedis threw it. */
    public static StoreAwayException redis(Throwable failure) {
        return new StoreAwayException(Store.REDIS, String.valueOf(failure.getMessage()), failure);
    }

    /** A failure of Postgres, as the driver, JPA or the container threw it. */
    public static StoreAwayException postgres(Throwable failure) {
        return new StoreAwayException(Store.POSTGRES, PostgresFailure.describe(failure), failure);
    }

    /** The store that failed. */
    public Store store() {
        return store;
    }
}
