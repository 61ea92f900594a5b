package org.votingapp.systemtests.faults;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.votingapp.stack.postgres.PostgresPart;

/** Occupies all connections of Postgres, those of the servers included, until it is closed. */
final class Crowd implements AutoCloseable {

    private static final String TOO_MANY_CONNECTIONS = "53300";
    private static final String TURN_THE_SERVERS_OUT =
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name LIKE 'voting-%'";

    private final List<Connection> taken = new ArrayList<>();

    /** Takes all connections; afterwards no server has one. */
    Crowd(PostgresPart postgres) {
        try {
            // Kept open: a server could take the free place.
            Connection superuser = postgres.connectAsSuperuser();
            taken.add(superuser);
            Statement statement = superuser.createStatement();
            // Postgres frees a place some time after its connection ends, and a server may be faster than we are.
            Awaitility.await("no server has a connection, for as long as any would need to get one back")
                    .during(Duration.ofSeconds(1))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> {
                        takeWhatIsLeft(postgres);
                        return turnedOut(statement) == 0;
                    });
        } catch (SQLException failed) {
            close();
            throw new AssertionError("the connections cannot be taken", failed);
        } catch (RuntimeException failed) {
            close();
            throw failed;
        }
    }

    private static long turnedOut(Statement statement) throws SQLException {
        try (var row = statement.executeQuery(TURN_THE_SERVERS_OUT)) {
            row.next();
            return row.getLong(1);
        }
    }

    private void takeWhatIsLeft(PostgresPart postgres) throws SQLException {
        while (true) {
            try {
                taken.add(postgres.connectAsReader());
            } catch (SQLException refused) {
                if (TOO_MANY_CONNECTIONS.equals(refused.getSQLState())) {
                    return;
                }
                throw refused;
            }
        }
    }

    /** The number of connections taken. */
    int size() {
        return taken.size();
    }

    @Override
    public void close() {
        for (Connection connection : taken) {
            try {
                connection.close();
            } catch (SQLException failed) {
                throw new AssertionError("a connection cannot be given back", failed);
            }
        }
    }
}
