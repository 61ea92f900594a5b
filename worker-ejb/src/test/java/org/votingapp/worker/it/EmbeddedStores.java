package org.votingapp.worker.it;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.votingapp.testsupport.UnusedPort;
import org.votingapp.worker.EmbeddedRedis;

/** A real Postgres and a real Redis on free ports, with data of their own, for as long as it is open. */
final class EmbeddedStores implements AutoCloseable {

    static final String USER = "voting_worker";
    static final String PASSWORD = "worker-in-a-test";
    static final String DATABASE = "voting";

    /** The rights that production gives; Maven runs tests in the module's folder. */
    private static final Path RIGHTS = Path.of("../k8s/base/postgres/roles.sql");

    private final EmbeddedPostgres postgres;
    private final EmbeddedRedis redis;

    EmbeddedStores(Path folder) throws IOException, SQLException {
        Files.createDirectories(folder);
        Redirect log = Redirect.appendTo(folder.resolve("postgres.log").toFile());
        postgres = EmbeddedPostgres.builder()
                .setPort(UnusedPort.find())
                .setPGStartupWait(Duration.ofMinutes(1))
                .setServerConfig("synchronous_commit", "on")
                .setErrorRedirector(log)
                .setOutputRedirector(log)
                .start();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(USER, PASSWORD));
            statement.execute("CREATE ROLE voting_result LOGIN PASSWORD 'result-in-a-test'");
            statement.execute("CREATE DATABASE %s OWNER %s".formatted(DATABASE, USER));
        }
        try (Connection connection = postgres.getDatabase("postgres", DATABASE).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(Files.readString(RIGHTS));
        }
        redis = new EmbeddedRedis(folder);
    }

    int postgresPort() {
        return postgres.getPort();
    }

    int redisPort() {
        return redis.port();
    }

    @Override
    public void close() {
        try {
            redis.close();
            postgres.close();
        } catch (IOException stubborn) {
            throw new UncheckedIOException(stubborn);
        }
    }
}
