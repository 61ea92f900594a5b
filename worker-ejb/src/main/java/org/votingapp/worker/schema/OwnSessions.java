package org.votingapp.worker.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/**
 * Refuses a Postgres behind a pooler that gives the session to others between two transactions or statements.
 *
 * <p>There a statement that was prepared, a setting and a lock of the session may be another client's: what the driver prepared
 * as {@code S_1} may run as what somebody else prepared under that name. It shows by the process in Postgres that answers
 * (PostgreSQL, "Client/Server Connection": each connection has one of its own).
 */
final class OwnSessions {

    /** A pooler that takes its sessions in turn gives both the same one at the third turn at the latest. */
    private static final int TURNS = 3;

    private OwnSessions() {}

    /**
     * Asks two connections by turns which process answers.
     *
     * @throws SQLException where it is not one for each, with what to do about it
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
