package org.votingapp.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.votingapp.testsupport.UnusedPort;
import redis.embedded.RedisServer;

/** A real Redis on a free port, as safe as in production, for as long as it is open. */
public final class EmbeddedRedis implements AutoCloseable {

    private final RedisServer server;
    private final int port = UnusedPort.find();

    /** @param folder gets a folder for its data */
    public EmbeddedRedis(Path folder) throws IOException {
        server = RedisServer.builder()
                .port(port)
                .bind("127.0.0.1")
                .setting("dir " + Files.createTempDirectory(Files.createDirectories(folder.toAbsolutePath()), "redis"))
                .setting("appendonly yes")
                .setting("appendfsync always")
                .setting("maxmemory-policy noeviction")
                .setting("save \"\"")
                .build();
        server.start();
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    @Override
    public void close() throws IOException {
        server.stop();
    }
}
