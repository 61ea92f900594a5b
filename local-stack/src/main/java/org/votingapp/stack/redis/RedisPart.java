package org.votingapp.stack.redis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.votingapp.stack.data.DataFolder;
import org.votingapp.stack.liberty.ServerKind;
import org.votingapp.stack.process.LastWords;
import org.votingapp.stack.process.ProcessPart;
import org.votingapp.stack.terminal.Progress;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The Redis of a stack, with production's {@code redis.conf}: a command is on disk before it is answered, and nothing is
 * evicted. It listens on the loopback address alone.
 *
 * <p>Each server logs in as a user of its own, whose rights are production's. Memory is not limited.
 */
public final class RedisPart extends ProcessPart {

    /** Its name among the parts. */
    public static final String NAME = "redis";

    /** Shuts it down gracefully. */
    public static final String STOP_SIGNAL = "TERM";

    private static final String HOST = "127.0.0.1";

    /** A line of its log without process id, role, time and level, which are absent until Redis has opened its log. */
    private static final Pattern LINE = Pattern.compile("(?m)^(?:\\d+:\\w [^*#.-]+ [*#.-] )?(\\S.*)$");

    private static final Pattern CUT = Pattern.compile("!!! Truncating the AOF .*at offset (\\d+) !!!");

    private static final int PROBE_MILLIS = 1_000;

    private final int port;
    private final RedisUsers users;
    private final Path folder;
    private final RedisProgram program;
    private final RedisConfiguration configuration;
    private final AppendOnlyFile kept;
    private final Progress progress;
    private volatile boolean answered;

    /**
     * Not started yet.
     *
     * @param cache the folder where its program is unpacked
     * @param port the port on which it is to listen
     * @param settings directives in place of those of production
     */
    public RedisPart(
            DataFolder data, Path cache, int port, RedisUsers users, Map<String, String> settings, Progress progress) {
        super(NAME, data);
        this.port = port;
        this.users = users;
        this.folder = data.folder().resolve("redis");
        this.program = new RedisProgram(cache);
        this.configuration = new RedisConfiguration(folder, HOST, port, settings);
        this.kept = new AppendOnlyFile(folder);
        this.progress = progress;
    }

    /** Its port. */
    public int port() {
        return port;
    }

    @Override
    public String address() {
        return HOST + ":" + port;
    }

    /** The variables by which a server, vote or worker, reaches it. */
    public Map<String, String> variables(ServerKind kind) {
        return Map.of(
                "REDIS_URL",
                "redis://" + address(),
                "REDIS_USER",
                kind.server(),
                "REDIS_PASSWORD",
                users.password(kind));
    }

    /** A new connection as the administrator; the caller closes it. */
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
    protected void prepare() throws IOException {
        Files.createDirectories(folder);
        program.unpack();
        answered = false;
        long dropped = kept.repair();
        if (dropped > 0) {
            progress.report(
                    NAME,
                    "its append-only file ended with %d NUL bytes, as after a power loss; they are dropped, and no vote is lost by it"
                            .formatted(dropped));
        }
        configuration.write(users);
    }

    /** Whether it was ever started from this data folder. */
    public boolean keptVotes() {
        return kept.exists();
    }

    @Override
    public List<String> command() {
        return List.of(program.server().toString(), configuration.file().toString());
    }

    @Override
    public Map<String, String> environment() {
        return Map.of("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"), "LC_ALL", "C");
    }

    @Override
    protected String stopSignal() {
        return STOP_SIGNAL;
    }

    @Override
    protected Duration stopLimit() {
        return Duration.ofSeconds(20);
    }

    @Override
    protected Optional<String> lastWords() {
        return LastWords.in(log(), LINE)
                .map(words -> words.matches("(?is).*(append.?only|AOF).*")
                        ? "%s. k8s/README.md, \"Redis' file\", tells how to repair it, by %s"
                                .formatted(words, program.repair())
                        : words);
    }

    @Override
    protected Optional<String> probe() {
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
