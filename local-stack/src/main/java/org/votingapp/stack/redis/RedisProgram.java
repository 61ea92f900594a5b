package org.votingapp.stack.redis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.votingapp.stack.files.Checksum;
import org.votingapp.stack.files.PackedVersion;
import org.votingapp.stack.files.SealedFolder;
import redis.embedded.RedisServerExecProvider;

/** The Redis program of the embedded distribution, unpacked once. */
final class RedisProgram {

    private final Path server;

    RedisProgram(Path cache) {
        this.server = cache.resolve("redis-" + PackedVersion.of(RedisPart.NAME)).resolve("redis-server");
    }

    Path server() {
        return server;
    }

    /** The program that repairs an append-only file. */
    Path repair() {
        return server.resolveSibling("redis-check-aof");
    }

    /** Unpacks it, unless it is there as it was unpacked. */
    void unpack() throws IOException {
        Path folder = server.getParent();
        if (Checksum.isWhole(folder)) {
            return;
        }
        Files.createDirectories(folder.getParent());
        Path next = Files.createTempDirectory(folder.getParent(), "redis");
        Path copy = next.resolve(server.getFileName());
        Files.copy(RedisServerExecProvider.defaultProvider().get().toPath(), copy, StandardCopyOption.COPY_ATTRIBUTES);
        // Redis is one program, which acts by the name that it is called by.
        Files.createSymbolicLink(next.resolve(repair().getFileName()), copy.getFileName());
        SealedFolder.put(next, folder);
    }
}
