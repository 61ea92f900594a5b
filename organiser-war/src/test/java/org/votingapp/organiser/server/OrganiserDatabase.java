package org.votingapp.organiser.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.flywaydb.core.Flyway;

/** A Postgres with the worker's schema and the organiser server's role. */
final class OrganiserDatabase implements AutoCloseable {

    private static final String OWNER = "postgres";
    private static final String ROLE = "voting_organiser";
    private static final String PASSWORD = "writes-rooms-and-polls";

    private final Path folder;
    private final int port;
    private EmbeddedPostgres running;

    /** A new database in a folder, not yet started. */
    OrganiserDatabase(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** Starts it, again with its data. */
    void start() throws IOException {
        running = EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setCleanDataDirectory(false)
                .setPort(port)
                .setPGStartupWait(Duration.ofMinutes(2))
                .start();
    }

    void stop() throws IOException {
        running.close();
    }

    @Override
    public void close() throws IOException {
        stop();
    }

    /** Makes the role, and the tables as the worker makes them. */
    void migrate() throws SQLException {
        execute("CREATE ROLE " + ROLE + " LOGIN PASSWORD '" + PASSWORD + "'");
        Flyway.configure()
                .dataSource(url(), OWNER, "")
                .locations("filesystem:../worker-ejb/src/main/resources/db/migration")
                .placeholders(Map.of("reader", "voting_result"))
                .load()
                .migrate();
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of the first row, as text. */
    String text(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getString(1) : "";
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), OWNER, "");
    }

    private String url() {
        return "jdbc:postgresql://localhost:" + port + "/postgres";
    }

    /** The variables by which the server finds it. */
    Map<String, String> variables() {
        return Map.of(
                "DB_HOST",
                "localhost",
                "DB_PORT",
                Integer.toString(port),
                "DB_NAME",
                "postgres",
                "DB_USER",
                ROLE,
                "DB_PASSWORD",
                PASSWORD,
                "DB_SSLMODE",
                "disable");
    }
}
