package org.votingapp.worker.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/**
 * Rejects a connection pooler that shares a session between clients (transaction or statement pooling).
 *
 * <p>In a shared session, prepared statements, settings and advisory locks may belong to another client: {@code S_1} may be
 * a statement that somebody else prepared. Each session has a backend process of its own (PostgreSQL, "How Connections Are
 * Established"), so a connection whose process changes is pooled that way.
 */
final class OwnSessions {

    /** A pooler that takes its sessions in turn is detected by the third turn at the latest. */
    private static final int TURNS = 3;

    private OwnSessions() {}

    /**
     * Asks two connections by turns for their backend process.
     *
     * @throws SQLException if it is not one process per connection; the message says what to do
     */
    static void require(Connection one, Connection other) throws SQLException {
        Set<Integer> ofOne = new HashSet<>();
        Set<Integer> ofOther = new HashSet<>();
        for (int turn = 0; turn < TURNS; turn++) {
            ofOne.add(process(one));
            ofOther.add(process(other));
        }
        if (ofOne.size() > 1 || ofOther.size() > 1 || !Collections.disjoint(ofOne, ofOther)) {
            throw new SQLException("sessions are not kept, as behind PgBouncer with pool_mode=transaction or statement:"
                    + " set pool_mode=session, or DB_HOST and DB_PORT to Postgres itself");
        }
    }

    private static int process(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }
}
