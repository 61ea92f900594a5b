package org.votingapp.result.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.votingapp.result.follow.Notifications;
import org.votingapp.result.follow.TallyStoreException;
import org.votingapp.runtime.store.StoreAddress;

/**
 * Listens on the channels {@code tally} and {@code poll}, on which each commit that changed a tally or a poll notifies the
 * poll's id, and on {@code room}, for which that is the room's code.
 *
 * <p>A connection can be silent because it is dead, or because a pooler gives its session to other clients. So this class
 * sends itself a probe, at the beginning and then every few seconds, through another connection. A probe that does not
 * arrive means that the connection is lost.
 */
final class PostgresNotifications implements Notifications {

    private static final Logger LOG = Logger.getLogger(PostgresNotifications.class.getName());

    private static final long PROBE_EVERY_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long PROBE_TIMEOUT_NANOS = Duration.ofSeconds(2).toNanos();

    private final Connection connection;
    private final DataSource probing;
    private final StoreAddress postgres;
    /** Equals no poll's id and no room's code: those have no space. */
    private final String probe = "call " + UUID.randomUUID();

    private long probedNanos;
    private boolean probePending;
    private boolean proven;

    /**
     * @param connection listens, and is closed with this
     * @param probing gives the connections that send probes; a pooler may not put them on the listening one's session
     * @param postgres names this Postgres in the reasons of failures
     */
    PostgresNotifications(Connection connection, DataSource probing, StoreAddress postgres) {
        this.connection = connection;
        this.probing = probing;
        this.postgres = postgres;
    }

    /**
     * Begins to listen, and closes this where it cannot.
     *
     * @throws SQLException where Postgres does not answer
     */
    void listen() throws SQLException {
        try {
            execute("LISTEN tally");
            execute("LISTEN poll");
            execute("LISTEN room");
            sendProbe();
        } catch (SQLException | RuntimeException refused) {
            close();
            throw refused;
        }
    }

    @Override
    public Set<String> await(Duration atMost) throws TallyStoreException {
        try {
            if (!probePending && System.nanoTime() - probedNanos >= PROBE_EVERY_NANOS) {
                sendProbe();
            }
            Set<String> changed = receive(atMost);
            if (probePending && System.nanoTime() - probedNanos >= PROBE_TIMEOUT_NANOS) {
                // Throws where the connection is dead, so that the pool discards it.
                execute("UNLISTEN *");
                throw new TallyStoreException("notifications do not arrive, as behind PgBouncer with"
                        + " pool_mode=transaction: set pool_mode=session, or DB_HOST and DB_PORT to Postgres itself");
            }
            return changed;
        } catch (SQLException | RuntimeException lost) {
            throw new TallyStoreException(postgres.reason(lost), lost);
        }
    }

    private Set<String> receive(Duration atMost) throws SQLException {
        // 0 would wait for ever.
        int milliseconds = Math.max(1, (int) atMost.toMillis());
        Set<String> received = new HashSet<>();
        for (PGNotification notification : connection.unwrap(PGConnection.class).getNotifications(milliseconds)) {
            received.add(notification.getParameter());
        }
        if (received.remove(probe)) {
            probePending = false;
            proven = true;
        }
        return received;
    }

    @Override
    public boolean isProven() {
        return proven;
    }

    private void sendProbe() throws SQLException {
        try (Connection other = probing.getConnection();
                PreparedStatement notify = other.prepareStatement("SELECT pg_notify('tally', ?)")) {
            notify.setString(1, probe);
            notify.execute();
        }
        probedNanos = System.nanoTime();
        probePending = true;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException lost) {
            LOG.log(Level.FINE, "The listening connection was lost before it was closed", lost);
        }
    }
}
