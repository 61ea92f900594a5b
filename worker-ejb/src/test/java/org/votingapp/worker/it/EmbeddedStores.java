package org.votingapp.worker.it;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import redis.embedded.RedisServer;

/** A real Postgres and a real Redis on free ports, with data of their own, for as long as it is open. */
final class EmbeddedStores implements AutoCloseable {

    static final String USER = "voting_worker";
    static final String PASSWORD = "worker-in-a-test";
    static final String DATABASE = "voting";

    private final EmbeddedPostgres postgres;
    private final RedisServer redis;
    private final int redisPort;

    EmbeddedStores(Path folder) throws IOException, SQLException {
        Files.createDirectories(folder);
        Redirect log = Redirect.appendTo(folder.resolve("postgres.log").toFile());
        postgres = EmbeddedPostgres.builder()
                .setPort(FreePort.find())
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
        redisPort = FreePort.find();
        File data = Files.createTempDirectory(folder, "redis").toFile();
        redis = RedisServer.newRedisServer()
                .port(redisPort)
                .setting("bind 127.0.0.1")
                .setting("dir " + data)
                .setting("appendonly yes")
                .setting("appendfsync always")
                .setting("maxmemory-policy noeviction")
                .setting("save \"\"")
                .build();
        redis.start();
    }

    int postgresPort() {
        return postgres.getPort();
    }

    int redisPort() {
        return redisPort;
    }

    @Override
    public void close() {
        try {
            redis.stop();
            postgres.close();
        } catch (IOException stubborn) {
            throw new UncheckedIOException(stubborn);
        }
    }
}
