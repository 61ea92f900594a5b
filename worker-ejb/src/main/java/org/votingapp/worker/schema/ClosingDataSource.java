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
 * A data source that in the end closes what it gave.
 *
 * <p>Flyway (12.4) ends with closing its connections one after the other, and where it cannot put one back as it was, since
 * Postgres ended it, it leaves the others open. The pool would count them as used for ever, and have none for the next try.
 *
 * <p>For one thread.
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

    /** Closes all that are open; closing one again does nothing (JDBC). */
    @Override
    public void close() {
        for (Connection connection : given) {
            try {
                connection.close();
            } catch (SQLException broken) {
                // It is gone, which is what was wanted; why it broke was told by whoever used it.
                LOG.log(Level.FINE, "A connection could not be closed in good order", broken);
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
