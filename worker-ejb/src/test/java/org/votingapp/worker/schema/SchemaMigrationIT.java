package org.votingapp.worker.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.votingapp.testsupport.UnusedPort;
import org.votingapp.worker.config.WorkerSettings;
import org.votingapp.worker.store.StoreAwayException;

/** The migration of a real Postgres that ends its connections at any moment. */
class SchemaMigrationIT {

    private static final String NAME = "migration";

    /** Which tells of each connection that it lost; kept, since loggers that nobody keeps forget their level. */
    private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

    private static EmbeddedPostgres server;

    @BeforeAll
    static void start() throws IOException, SQLException {
        server = EmbeddedPostgres.builder()
                .setPort(UnusedPort.find())
                .setPGStartupWait(Duration.ofMinutes(1))
                .start();
        execute("CREATE ROLE voting_result");
        FLYWAY.setLevel(Level.OFF);
    }

    @AfterAll
    static void stop() throws IOException {
        FLYWAY.setLevel(null);
        server.close();
    }

    /** Whatever it was doing when it lost its connections. One that is left open is one that the pool has no more. */
    @Test
    void noConnectionIsLeftOpenWhateverEnds() throws SQLException {
        int failures = 0;
        boolean done = false;
        for (int statement = 1; !done; statement++) {
            Connections connections = new Connections(statement);
            try {
                assertThat(new SchemaMigration(connections.dataSource(), settings()).migrate())
                        .as("the version")
                        .isEqualTo("10");
            } catch (StoreAwayException away) {
                failures++;
            }
            done = !connections.ended();
            for (Connection connection : connections.given) {
                assertThat(connection.isClosed())
                        .as("a connection is closed, where all were ended before statement %d", statement)
                        .isTrue();
            }
        }
        assertThat(failures).isGreaterThan(10);
    }

    @Test
    void theVersionIsToldWhetherThereWasAnythingToDoOrNot() throws StoreAwayException, SQLException {
        execute("CREATE DATABASE fresh");
        SchemaMigration migration = new SchemaMigration(server.getDatabase("postgres", "fresh"), settings());

        assertThat(migration.migrate()).as("after all was done").isEqualTo("10");
        assertThat(migration.migrate()).as("after nothing was done").isEqualTo("10");
    }

    private static WorkerSettings settings() {
        return new WorkerSettings(
                "tested", 1, 1_000, Duration.ZERO, Duration.ofSeconds(30), Duration.ofMinutes(10), "voting_result");
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Connections to the database, all of which are ended at a certain moment. */
    private static final class Connections {

        private final List<Connection> given = new ArrayList<>();
        private int left;

        /** @param statement before which all end, counted from 1 */
        Connections(int statement) {
            left = statement;
        }

        boolean ended() {
            return left <= 0;
        }

        DataSource dataSource() {
            DataSource source = server.getPostgresDatabase(Map.of("ApplicationName", NAME));
            return (DataSource) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                        Object result = method.invoke(source, arguments);
                        return result instanceof Connection connection ? counted(connection) : result;
                    });
        }

        private Connection counted(Connection connection) {
            Connection counted = (Connection) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                        if (method.getName().matches("createStatement|prepareStatement") && --left == 0) {
                            execute("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
                                    + " WHERE application_name = '" + NAME + "'");
                        }
                        try {
                            return method.invoke(connection, arguments);
                        } catch (InvocationTargetException thrown) {
                            throw thrown.getCause();
                        }
                    });
            given.add(counted);
            return counted;
        }
    }
}
