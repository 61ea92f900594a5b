package org.votingapp.stack.redis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.votingapp.stack.files.PrivateFile;

/** The {@code redis.conf} of a stack: production's, on the loopback address, without a limit of memory. */
final class RedisConfiguration {

    private final Path folder;
    private final Map<String, String> changed;

    /**
     * @param folder where Redis works
     * @param changed directives in place of those of production
     */
    RedisConfiguration(Path folder, String host, int port, Map<String, String> changed) {
        this.folder = folder;
        this.changed = new LinkedHashMap<>(Map.of(
                "bind",
                host,
                "port",
                Integer.toString(port),
                "aclfile",
                quoted(users()),
                "dir",
                quoted(folder),
                "maxmemory",
                "0"));
        this.changed.putAll(changed);
    }

    private static String quoted(Path path) {
        return '"' + path.toString() + '"';
    }

    Path file() {
        return folder.resolve("redis.conf");
    }

    private Path users() {
        return folder.resolve("users.acl");
    }

    /** Writes it: a file, since everybody on the machine can read the arguments of a process. */
    void write(RedisUsers users) throws IOException {
        Map<String, String> all = production();
        all.putAll(changed);
        StringBuilder lines = new StringBuilder();
        all.forEach((directive, value) ->
                lines.append(directive).append(' ').append(value).append('\n'));
        PrivateFile.write(file(), lines.toString());
        PrivateFile.write(users(), users.rules());
    }

    private static Map<String, String> production() throws IOException {
        Map<String, String> all = new LinkedHashMap<>();
        try (InputStream file = RedisConfiguration.class.getResourceAsStream("redis.conf")) {
            new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(" ", 2))
                    .forEach(directive -> all.put(directive[0], directive[1]));
        }
        return all;
    }
}
