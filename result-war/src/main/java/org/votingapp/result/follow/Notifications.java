package org.votingapp.result.follow;

import java.time.Duration;

/** Port to the store's notifications: one connection that hears of changed tallies. Not thread-safe. */
public interface Notifications extends AutoCloseable {

    /** Opens such connections. */
    @FunctionalInterface
    interface Opener {

        /**
         * Begins to listen. Every later commit that changes the poll's tally is notified.
         *
         * @throws TallyStoreException where the store does not answer
         */
        Notifications open(String pollId) throws TallyStoreException;
    }

    /**
     * Waits for a commit that changes the poll's tally.
     *
     * @param atMost how long; at least a millisecond
     * @return false where there was none in that time
     * @throws TallyStoreException where the connection is lost, or notifications do not arrive through it
     */
    boolean await(Duration atMost) throws TallyStoreException;

    /** Whether a notification has arrived at all, which proves that notifications do. */
    boolean isProven();

    /** Stops listening; a lost connection is no error. */
    @Override
    void close();
}
