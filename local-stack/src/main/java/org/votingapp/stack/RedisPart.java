package org.votingapp.stack;

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
import java.util.regex.Pattern;
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
    private static final String REPAIR = "redis-check-aof";

    /** A line of its log without process, role, time and level; they are missing where Redis has not begun to log. */
    private static final Pattern LINE = Pattern.compile("(?m)^(?:\\d+:\\w [^*#.-]+ [*#.-] )?(\\S.*)$");

    private static final Pattern CUT = Pattern.compile("!!! Truncating the AOF .*at offset (\\d+) !!!");

    private static final int PROBE_MILLIS = 1_000;

    private final int port;
    private final RedisUsers users;
    private final Path folder;
    private final Path executable;
    private final Map<String, String> settings;
    private final Progress progress;
    private final AppendOnlyFile kept;
    private volatile boolean answered;

    RedisPart(
            DataFolder data, Path cache, int port, RedisUsers users, Map<String, String> settings, Progress progress) {
        super(NAME, data);
        this.port = port;
        this.users = users;
        this.folder = data.folder().resolve("redis");
        this.executable = cache.resolve("redis-" + PackedVersion.of(NAME)).resolve("redis-server");
        this.settings = Map.copyOf(settings);
        this.progress = progress;
        this.kept = new AppendOnlyFile(folder);
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
        if (!Checksum.isWhole(executable.getParent())) {
            unpack();
        }
        answered = false;
        long dropped = kept.repair();
        if (dropped > 0) {
            progress.report(
                    NAME,
                    "its append-only file ended with %d NUL bytes, as after a power loss; they are dropped, and no vote is lost by it"
                            .formatted(dropped));
        }
        // A file, since the arguments of a process can be read by everybody on the machine.
        StringBuilder lines = new StringBuilder();
        configuration()
                .forEach((name, value) ->
                        lines.append(name).append(' ').append(value).append('\n'));
        PrivateFile.write(folder.resolve("redis.conf"), lines.toString());
        PrivateFile.write(folder.resolve("users.acl"), users.rules());
    }

    private void unpack() throws IOException {
        Path programs = executable.getParent();
        Files.createDirectories(programs.getParent());
        Path next = Files.createTempDirectory(programs.getParent(), "redis");
        Path server = next.resolve(executable.getFileName());
        Files.copy(
                RedisServerExecProvider.defaultProvider().get().toPath(), server, StandardCopyOption.COPY_ATTRIBUTES);
        // One program, which goes by its name.
        Files.createSymbolicLink(next.resolve(REPAIR), server.getFileName());
        Checksum.seal(next);
        Tree.delete(programs);
        Files.move(next, programs, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Whether it was ever started from this data folder. */
    boolean keptVotes() {
        return kept.exists();
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
    Optional<String> lastWords() {
        return LastWords.in(log(), LINE)
                .map(words -> words.matches("(?is).*(append.?only|AOF).*")
                        ? "%s. k8s/README.md, \"Redis' file\", tells how to repair it, by %s"
                                .formatted(words, executable.resolveSibling(REPAIR))
                        : words);
    }

    @Override
    Optional<String> probe() {
        try (Jedis redis = connect()) {
            redis.ping();
            if (!answered) {
                answered = true;
                LastWords.in(log(), CUT)
                        .ifPresent(offset -> progress.report(
                                NAME,
                                "its append-only file ended in the middle of a command, as after a power loss; it was cut at byte %s, and no vote that was acknowledged is lost by it"
                                        .formatted(offset)));
            }
            return Optional.empty();
        } catch (JedisException loadingOrAbsent) {
            return Optional.of("an answer");
        }
    }
}
