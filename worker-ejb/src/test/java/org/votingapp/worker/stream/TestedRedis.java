package org.votingapp.worker.stream;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.votingapp.runtime.redis.RedisAddress;
import org.votingapp.worker.EmbeddedRedis;
import org.votingapp.worker.config.WorkerSettings;
import redis.clients.jedis.RedisClient;

/** A real Redis, and the worker's client for it. */
final class TestedRedis implements AutoCloseable {

    private final EmbeddedRedis server = new EmbeddedRedis(Path.of("target", "it"));
    private final RedisClient client = clientOf(server.port(), 1);

    /** Starts both. */
    TestedRedis() throws IOException {}

    /** The client of a worker with so many loops for the Redis at a port; the caller closes it. */
    static RedisClient clientOf(int port, int loops) {
        return new RedisClientProducer()
                .redis(
                        new RedisAddress("localhost", port, false, Optional.empty(), Optional.empty()),
                        new WorkerSettings(
                                "tested",
                                loops,
                                1_000,
                                Duration.ZERO,
                                Duration.ofSeconds(30),
                                Duration.ofMinutes(10),
                                "voting_result"));
    }

    RedisClient client() {
        return client;
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
    }
}
