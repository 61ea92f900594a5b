package org.votingapp.worker.schema;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * A data source that closes all connections it handed out.
 *
 * <p>Flyway 12.4 closes its connections one after another. If it cannot reset one that Postgres has ended, it leaves the
 * others open, and the pool runs out of connections for the next try. Not thread-safe.
 */
final class ClosingDataSource implements DataSource, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ClosingDataSource.class.getName());

    private final DataSource source;
    private final List<Connection> given = new ArrayList<>();

    /** @param source gives the connections */
    ClosingDataSource(DataSource source) {
        this.source = source;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return kept(source.getConnection());
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return kept(source.getConnection(user, password));
    }

    private Connection kept(Connection connection) {
        given.add(connection);
        return connection;
    }

    /** Closes all connections; closing one twice has no effect (JDBC). */
    @Override
    public void close() {
        for (Connection connection : given) {
            try {
                connection.close();
            } catch (SQLException broken) {
                // The connection is gone, as intended. Its user has already reported why.
                LOG.log(Level.FINE, "A connection broke while it was closed", broken);
            }
        }
        given.clear();
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return source.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        source.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        source.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return source.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return source.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return source.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return source.isWrapperFor(type);
    }
}
