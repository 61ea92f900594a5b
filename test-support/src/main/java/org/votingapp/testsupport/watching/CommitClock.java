package org.votingapp.testsupport.watching;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.postgresql.PGConnection;

/** Notes when each total was committed, by listening to Postgres itself. */
public final class CommitClock implements AutoCloseable {

    private static final int WAIT_MILLIS = 100;

    private final Connection connection;
    private final Thread thread;
    private final NavigableMap<Long, Long> committed = new ConcurrentSkipListMap<>();
    private volatile boolean closing;

    /** Starts to listen on a connection of its own, which it closes at the end. */
    public CommitClock(Connection connection) throws SQLException {
        this.connection = connection;
        try (Statement statement = connection.createStatement()) {
            statement.execute("LISTEN tally");
        }
        committed.put(total(), System.nanoTime());
        thread = new Thread(this::listen, "commit-clock");
        thread.start();
    }

    /** The newest total. */
    public long newest() {
        return committed.lastKey();
    }

    /** When a total of at least this was first committed, by {@link System#nanoTime}. */
    public long at(long total) {
        return committed.ceilingEntry(total).getValue();
    }

    private void listen() {
        try {
            PGConnection notified = connection.unwrap(PGConnection.class);
            while (!closing) {
                if (notified.getNotifications(WAIT_MILLIS).length > 0) {
                    long now = System.nanoTime();
                    committed.putIfAbsent(total(), now);
                }
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private long total() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT sum(votes) FROM tally")) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        closing = true;
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        connection.close();
    }
}
