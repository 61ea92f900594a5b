package org.votingapp.result.follow;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Listens on the channel {@code tally}, on which a commit that changed a tally names its poll.
 *
 * <p>A connection that was cut off without a word would stay silent for hours, and so does one through a pooler that gives the
 * session behind it to others between two statements. So it calls itself, at the beginning and then every few seconds, through
 * another connection, and is lost where the call does not come back.
 */
final class PostgresNotifications implements Notifications {

    private static final Logger LOG = Logger.getLogger(PostgresNotifications.class.getName());

    private static final long CALL_EVERY_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long ECHO_WITHIN_NANOS = Duration.ofSeconds(2).toNanos();

    private final Connection ear;
    private final DataSource voice;
    private final String pollId;
    /** No poll's id: these have no space. */
    private final String call = "call " + UUID.randomUUID();

    private long calledNanos;
    private boolean waitsForEcho;
    private boolean heard;

    private PostgresNotifications(Connection ear, DataSource voice, String pollId) {
        this.ear = ear;
        this.voice = voice;
        this.pollId = pollId;
    }

    /**
     * Begins to listen.
     *
     * @param ears gives the connection that listens
     * @param voice gives the other one; none of the first's, or a pooler might put both on one session
     * @throws SQLException where Postgres does not answer
     */
    static Notifications open(DataSource ears, DataSource voice, String pollId) throws SQLException {
        PostgresNotifications notifications = new PostgresNotifications(ears.getConnection(), voice, pollId);
        try {
            notifications.execute("LISTEN tally");
            notifications.call();
            return notifications;
        } catch (SQLException refused) {
            notifications.close();
            throw refused;
        }
    }

    @Override
    public boolean await(Duration atMost) throws SQLException {
        if (!waitsForEcho && System.nanoTime() - calledNanos >= CALL_EVERY_NANOS) {
            call();
        }
        // 0 would mean to wait for ever.
        int milliseconds = Math.max(1, (int) atMost.toMillis());
        boolean told = false;
        for (PGNotification received : ear.unwrap(PGConnection.class).getNotifications(milliseconds)) {
            told |= received.getParameter().equals(pollId);
            if (received.getParameter().equals(call)) {
                waitsForEcho = false;
                heard = true;
            }
        }
        if (waitsForEcho && System.nanoTime() - calledNanos >= ECHO_WITHIN_NANOS) {
            // A question, too: where the connection is lost, this says so, and the pool lets it go.
            execute("UNLISTEN tally");
            throw new UnheardException();
        }
        return told;
    }

    @Override
    public boolean heard() {
        return heard;
    }

    private void call() throws SQLException {
        try (Connection connection = voice.getConnection();
                PreparedStatement notify = connection.prepareStatement("SELECT pg_notify('tally', ?)")) {
            notify.setString(1, call);
            notify.execute();
        }
        calledNanos = System.nanoTime();
        waitsForEcho = true;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = ear.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        try {
            ear.close();
        } catch (SQLException lost) {
            LOG.log(Level.FINE, "The connection that listened was lost before it was closed", lost);
        }
    }
}
