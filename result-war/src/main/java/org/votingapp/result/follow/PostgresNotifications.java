package org.votingapp.result.follow;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Listens on the channel {@code tally}, on which a commit that changed a tally names its poll.
 *
 * <p>A connection that was cut off without a word would stay silent for hours; so every few seconds it is asked
 * something, which fails within the data source's socket time-out where nobody is there.
 */
final class PostgresNotifications implements Notifications {

    private static final Logger LOG = Logger.getLogger(PostgresNotifications.class.getName());

    private static final String LISTEN = "LISTEN tally";
    private static final long ASK_EVERY_NANOS = Duration.ofSeconds(5).toNanos();

    private final Connection connection;
    private final String pollId;
    private long askedNanos;

    private PostgresNotifications(Connection connection, String pollId) {
        this.connection = connection;
        this.pollId = pollId;
    }

    /**
     * Begins to listen.
     *
     * @throws SQLException where Postgres does not answer
     */
    static Notifications open(DataSource source, String pollId) throws SQLException {
        PostgresNotifications notifications = new PostgresNotifications(source.getConnection(), pollId);
        try {
            notifications.listen();
            return notifications;
        } catch (SQLException refused) {
            notifications.close();
            throw refused;
        }
    }

    @Override
    public boolean await(Duration atMost) throws SQLException {
        if (System.nanoTime() - askedNanos >= ASK_EVERY_NANOS) {
            listen();
        }
        // 0 would mean to wait for ever.
        int milliseconds = Math.max(1, (int) atMost.toMillis());
        PGNotification[] received = connection.unwrap(PGConnection.class).getNotifications(milliseconds);
        boolean told = false;
        for (PGNotification notification : received) {
            told |= notification.getParameter().equals(pollId);
        }
        return told;
    }

    /** Listening twice is listening once (PostgreSQL, "LISTEN"), so the same words serve as a question. */
    private void listen() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(LISTEN);
        }
        askedNanos = System.nanoTime();
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException lost) {
            LOG.log(Level.FINE, "The connection that listened was lost before it was closed", lost);
        }
    }
}
