package org.votingapp.result.follow;

import java.time.Duration;
import java.util.Set;

/** Port to the store's notifications: one connection that hears of changed polls and tallies. Not thread-safe. */
public interface Notifications extends AutoCloseable {

    /** Opens such connections. */
    @FunctionalInterface
    interface Opener {

        /**
         * Begins to listen. Every later commit that changes a poll or its tally is notified.
         *
         * @throws TallyStoreException where the store does not answer
         */
        Notifications open() throws TallyStoreException;
    }

    /**
     * Waits for a commit that changes a poll, its tally or a room.
     *
     * @param atMost how long; at least a millisecond
     * @return the ids of these polls and the codes of these rooms, and possibly other words; none where there was no commit in that time
     * @throws TallyStoreException where the connection is lost, or notifications do not arrive through it
     */
    Set<String> await(Duration atMost) throws TallyStoreException;

    /** Whether a notification has arrived at all, which proves that notifications do. */
    boolean isProven();

    /** Stops listening; a lost connection is no error. */
    @Override
    void close();
}
