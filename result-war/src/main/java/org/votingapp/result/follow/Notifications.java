package org.votingapp.result.follow;

import java.sql.SQLException;
import java.time.Duration;

/** One ear on the store; not thread-safe. */
public interface Notifications extends AutoCloseable {

    /** Opens ears. */
    @FunctionalInterface
    interface Opener {

        /**
         * Begins to listen; whatever is committed after the return will be told.
         *
         * @throws SQLException where the store does not answer
         */
        Notifications open() throws SQLException;
    }

    /**
     * Waits until something was committed that concerns the poll.
     *
     * @param atMost how long; at least a millisecond
     * @return false where nothing was in that time
     * @throws SQLException where the connection is lost
     */
    boolean await(Duration atMost) throws SQLException;

    /** Whether this ear has proved that it hears what is told, by hearing itself. */
    boolean heard();

    /** Stops listening; says nothing where the connection is lost already. */
    @Override
    void close();
}
