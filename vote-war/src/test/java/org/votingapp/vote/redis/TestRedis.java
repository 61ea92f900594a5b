package org.votingapp.vote.redis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.votingapp.runtime.redis.RedisAddress;
import org.votingapp.runtime.redis.RedisClients;
import org.votingapp.testsupport.UnusedPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.ClientKillParams;
import redis.embedded.RedisServer;

/** A Redis server of its own for each test, and a pool of connections to it as the vote server opens it. */
final class TestRedis implements BeforeEachCallback, AfterEachCallback {

    static final Duration PATIENCE = Duration.ofSeconds(5);

    private int port;
    private Path folder;
    private RedisServer server;
    private RedisClient client;

    RedisClient client() {
        return client;
    }

    /** Closes all connections, as Redis does with those that were idle for its "timeout". */
    void killConnections() {
        try (Jedis administrator = new Jedis("127.0.0.1", port)) {
            administrator.clientKill(new ClientKillParams().skipMe(ClientKillParams.SkipMe.YES));
        }
    }

    @Override
    public void beforeEach(ExtensionContext test) throws IOException {
        port = UnusedPort.find();
        folder = Files.createTempDirectory("redis");
        server = RedisServer.builder()
                .port(port)
                .bind("127.0.0.1")
                .setting("save \"\"")
                .setting("dir " + folder)
                .build();
        server.start();
        client = RedisClients.open(
                new RedisAddress("127.0.0.1", port, false, Optional.empty(), Optional.empty()),
                RedisBallotBox.limits(PATIENCE));
    }

    @Override
    public void afterEach(ExtensionContext test) throws IOException {
        client.close();
        server.stop();
        Files.delete(folder);
    }
}
