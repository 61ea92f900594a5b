package org.votingapp.stack.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;
import org.votingapp.stack.data.Secrets;

/**
 * The database {@value #DATABASE} and its roles: {@value #WRITER} owns it, {@value #READER} reads and {@value #ORGANISER}
 * writes what it is granted. Each has a password of its own.
 */
public final class PostgresRoles {

    /** The name of the database. */
    public static final String DATABASE = "voting";

    /** The worker's role, which owns the database. */
    public static final String WRITER = "voting_worker";

    /** The result server's role. */
    public static final String READER = "voting_result";

    /** The organiser server's role. */
    public static final String ORGANISER = "voting_organiser";

    static final String SUPERUSER = "postgres";

    private static final String SECRET = "postgres.";
    private static final String DUPLICATE_DATABASE = "42P04";
    private static final String DUPLICATE_OBJECT = "42710";
    private static final int CONNECT_SECONDS = 2;

    private final String host;
    private final int port;
    private final Secrets secrets;

    PostgresRoles(String host, int port, Secrets secrets) {
        this.host = host;
        this.port = port;
        this.secrets = secrets;
    }

    String password(String role) {
        return secrets.get(SECRET + role);
    }

    /** Whether this role had a password before. */
    boolean hasPassword(String role) {
        return secrets.has(SECRET + role);
    }

    /** The variables by which a server reaches the database as this role. */
    Map<String, String> variables(String role) {
        return Map.of(
                "DB_HOST",
                host,
                "DB_PORT",
                Integer.toString(port),
                "DB_NAME",
                DATABASE,
                "DB_USER",
                role,
                "DB_PASSWORD",
                password(role),
                "DB_SSLMODE",
                "disable");
    }

    /** A new connection to the database as this role; the caller closes it. */
    Connection connect(String role) throws SQLException {
        return connect(role, DATABASE);
    }

    private Connection connect(String role, String database) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {host});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(database);
        source.setUser(role);
        source.setPassword(password(role));
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setLoginTimeout(CONNECT_SECONDS);
        return source.getConnection();
    }

    /** Creates what is missing, sets the passwords, and grants what production grants; idempotent. */
    void create() throws SQLException {
        try (Connection connection = connect(SUPERUSER, "postgres");
                Statement statement = connection.createStatement()) {
            for (String role : List.of(WRITER, READER, ORGANISER)) {
                unlessThere(statement, DUPLICATE_OBJECT, "CREATE ROLE " + role + " LOGIN");
                // The secrets are base64url, in which no character needs escaping.
                statement.execute("ALTER ROLE %s PASSWORD '%s'".formatted(role, password(role)));
            }
            unlessThere(statement, DUPLICATE_DATABASE, "CREATE DATABASE " + DATABASE + " OWNER " + WRITER);
        }
        try (Connection connection = connect(SUPERUSER);
                Statement statement = connection.createStatement()) {
            statement.execute(privileges());
        }
    }

    private static void unlessThere(Statement statement, String stateWhereThere, String sql) throws SQLException {
        try {
            statement.execute(sql);
        } catch (SQLException failed) {
            if (!stateWhereThere.equals(failed.getSQLState())) {
                throw failed;
            }
        }
    }

    private static String privileges() {
        try (InputStream file = PostgresRoles.class.getResourceAsStream("roles.sql")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
