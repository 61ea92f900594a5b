package org.votingapp.stack;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.embedded.RedisServerExecProvider;

/**
 * Redis, as it runs in production, by the same {@code redis.conf}: each command is on disk before it is answered, and
 * nothing is evicted. Its memory is not bounded here. It listens on the loopback address only, and each server logs in as
 * a user that may do what this server does and nothing else.
 */
public final class RedisPart extends ProcessPart {

    static final String NAME = "redis";

    private static final String HOST = "127.0.0.1";
    private static final int PROBE_MILLIS = 1_000;

    private final int port;
    private final RedisUsers users;
    private final Path folder;
    private final Path executable;
    private final Map<String, String> settings;

    RedisPart(DataFolder data, Path cache, int port, RedisUsers users, Map<String, String> settings) {
        super(NAME, data);
        this.port = port;
        this.users = users;
        this.folder = data.folder().resolve("redis");
        this.executable = cache.resolve("redis-" + PackedVersion.of(NAME)).resolve("redis-server");
        this.settings = Map.copyOf(settings);
    }

    /** Its port. */
    public int port() {
        return port;
    }

    @Override
    public String address() {
        return HOST + ":" + port;
    }

    /** What a server, vote or worker, needs to reach it. */
    Map<String, String> variables(ServerKind kind) {
        return Map.of(
                "REDIS_URL",
                "redis://" + address(),
                "REDIS_USER",
                kind.server(),
                "REDIS_PASSWORD",
                users.password(kind));
    }

    /** A new connection that may do everything; the caller closes it. */
    public Jedis connect() {
        return connect(client().password(users.administratorsPassword()));
    }

    /** A new connection as the user of a server, vote or worker; the caller closes it. */
    public Jedis connectAs(ServerKind kind) {
        return connect(client().user(kind.server()).password(users.password(kind)));
    }

    private static DefaultJedisClientConfig.Builder client() {
        return DefaultJedisClientConfig.builder()
                .connectionTimeoutMillis(PROBE_MILLIS)
                .socketTimeoutMillis(PROBE_MILLIS);
    }

    private Jedis connect(DefaultJedisClientConfig.Builder client) {
        return new Jedis(HOST, port, client.build());
    }

    @Override
    void prepare() throws IOException {
        Files.createDirectories(folder);
        if (!Files.isExecutable(executable)) {
            File unpacked = RedisServerExecProvider.defaultProvider().get();
            Files.createDirectories(executable.getParent());
            Path next = Files.createTempFile(executable.getParent(), "redis-server", ".new");
            Files.copy(
                    unpacked.toPath(), next, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            Files.move(next, executable, StandardCopyOption.ATOMIC_MOVE);
        }
        // A file, since the arguments of a process can be read by everybody on the machine.
        StringBuilder lines = new StringBuilder();
        configuration()
                .forEach((name, value) ->
                        lines.append(name).append(' ').append(value).append('\n'));
        PrivateFile.write(folder.resolve("redis.conf"), lines.toString());
        PrivateFile.write(folder.resolve("users.acl"), users.rules());
    }

    private Map<String, String> configuration() throws IOException {
        Map<String, String> all = production();
        all.put("bind", HOST);
        all.put("port", Integer.toString(port));
        all.put("aclfile", '"' + folder.resolve("users.acl").toString() + '"');
        all.put("dir", '"' + folder.toString() + '"');
        all.put("maxmemory", "0");
        all.putAll(settings);
        return all;
    }

    private static Map<String, String> production() throws IOException {
        Map<String, String> all = new LinkedHashMap<>();
        try (InputStream file = RedisPart.class.getResourceAsStream("redis.conf")) {
            new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(" ", 2))
                    .forEach(directive -> all.put(directive[0], directive[1]));
        }
        return all;
    }

    @Override
    List<String> command() {
        return List.of(executable.toString(), folder.resolve("redis.conf").toString());
    }

    @Override
    Map<String, String> environment() {
        return Map.of("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"), "LC_ALL", "C");
    }

    @Override
    String stopSignal() {
        return "TERM";
    }

    @Override
    Duration stopLimit() {
        return Duration.ofSeconds(20);
    }

    @Override
    Optional<String> probe() {
        try (Jedis redis = connect()) {
            redis.ping();
            return Optional.empty();
        } catch (JedisException loadingOrAbsent) {
            return Optional.of("an answer");
        }
    }
}
