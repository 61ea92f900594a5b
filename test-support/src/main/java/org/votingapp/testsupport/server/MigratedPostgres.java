package org.votingapp.testsupport.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.flywaydb.core.Flyway;

/** A Postgres with the worker's schema and the role of one server; it can be stopped and started again with its data. */
public class MigratedPostgres implements AutoCloseable {

    /** Owns all tables. */
    protected static final String OWNER = "postgres";

    private final Path folder;
    private final int port;
    private final String role;
    private final String password;
    private EmbeddedPostgres running;

    /**
     * Describes a new database, which is not yet started.
     *
     * @param folder for its data
     * @param role the server's role
     */
    protected MigratedPostgres(Path folder, int port, String role, String password) {
        this.folder = folder;
        this.port = port;
        this.role = role;
        this.password = password;
    }

    /** Starts it, again with its data. */
    public void start() throws IOException {
        running = EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setCleanDataDirectory(false)
                .setPort(port)
                .setPGStartupWait(Duration.ofMinutes(2))
                .start();
    }

    /** Stops it. */
    public void stop() throws IOException {
        running.close();
    }

    @Override
    public void close() throws IOException {
        stop();
    }

    /** Makes the role, and the tables as the worker makes them. */
    public void migrate() throws SQLException {
        execute("CREATE ROLE " + role + " LOGIN PASSWORD '" + password + "'");
        Flyway.configure()
                .dataSource(url(), OWNER, "")
                .locations("filesystem:../worker-ejb/src/main/resources/db/migration")
                .placeholders(Map.of("reader", "voting_result"))
                .load()
                .migrate();
    }

    /** Executes a statement as the owner. */
    public void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A connection of the owner; the caller closes it. */
    protected Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), OWNER, "");
    }

    /** A connection as the server has it; the caller closes it. */
    protected Connection connectAsServer() throws SQLException {
        return DriverManager.getConnection(url(), role, password);
    }

    private String url() {
        return "jdbc:postgresql://localhost:" + port + "/postgres";
    }

    /** The variables by which the server finds it. */
    public Map<String, String> variables() {
        return Map.of(
                "DB_HOST",
                "localhost",
                "DB_PORT",
                Integer.toString(port),
                "DB_NAME",
                "postgres",
                "DB_USER",
                role,
                "DB_PASSWORD",
                password,
                "DB_SSLMODE",
                "disable");
    }
}
