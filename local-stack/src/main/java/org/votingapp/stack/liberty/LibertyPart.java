package org.votingapp.stack.liberty;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.votingapp.stack.data.DataFolder;
import org.votingapp.stack.process.ProcessPart;
import org.votingapp.stack.terminal.Progress;
import org.votingapp.stack.terminal.StackException;

/**
 * A Liberty server, run from its module's build. Its output folder lies in the data folder, so several stacks can run
 * from one checkout.
 */
public final class LibertyPart extends ProcessPart {

    /** Longer than Liberty's quiesce time (30 s in liberty-config), within which requests under way are answered. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(40);

    /** A server that was never ready has no requests under way. */
    private static final Duration STOP_LIMIT_BEFORE_READY = Duration.ofSeconds(5);

    /**
     * Makes Liberty look for annotations at each start: its cache misses classes that were compiled while the server was
     * down, and saves no time (three warm starts each by turns: ready after 17.9 to 19.4 s with it, 17.0 to 21.2 s without).
     */
    public static final String NO_ANNOTATION_CACHE = "-Danno.cache.disabled=true";

    /** The JVM would log each class that it leaves out. */
    private static final String QUIET_ARCHIVE = "-Xlog:cds=error -Xlog:cds+dynamic=error";

    private final ServerKind kind;
    private final int port;
    private final Path root;
    private final Path output;
    private final Map<String, String> environment;
    private final Progress progress;
    private final LibertyLog log;
    private final LibertyReadiness readiness;
    private final StartCaches caches;
    private String classArchiveOption = "";
    private volatile boolean wasReady;

    /**
     * Not started yet.
     *
     * @param root the checkout, with all modules built
     * @param cache the folder of the start caches, which all stacks of the checkout share
     * @param environment all variables of the process but those that say where it runs
     * @param http asks for its readiness
     */
    public LibertyPart(
            String name,
            ServerKind kind,
            int port,
            Path root,
            DataFolder data,
            Path cache,
            Map<String, String> environment,
            HttpClient http,
            Progress progress) {
        super(name, data);
        this.kind = kind;
        this.port = port;
        this.root = root;
        this.output = data.folder().resolve("servers").resolve(name);
        this.environment = Map.copyOf(environment);
        this.progress = progress;
        this.log = new LibertyLog(log());
        this.readiness = new LibertyReadiness(http, uri("/health/ready"));
        this.caches = new StartCaches(kind, output.resolve(kind.server()), root, wlp(), cache);
    }

    /** Which application it runs. */
    public ServerKind kind() {
        return kind;
    }

    /** Its HTTP port. */
    public int port() {
        return port;
    }

    /** The address of a path on it, such as {@code /api/poll}. */
    public URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    @Override
    public String address() {
        return uri(kind.page()).toString();
    }

    @Override
    protected void prepare() throws IOException {
        wasReady = false;
        Files.createDirectories(output);
        if (!Files.isRegularFile(serverFolder().resolve("server.xml"))) {
            throw new StackException("The %s server is not built: run mvn package first".formatted(kind.server()));
        }
        classArchiveOption = caches.prepare(name(), progress);
    }

    @Override
    protected void ended() {
        caches.ended(name(), progress);
        if (wasReady) {
            caches.keep(name(), progress);
        }
    }

    private Path wlp() {
        return root.resolve("target").resolve("liberty").resolve("wlp");
    }

    private Path serverFolder() {
        return kind.userDirectory(root).resolve("servers").resolve(kind.server());
    }

    @Override
    public List<String> command() {
        return List.of(wlp().resolve("bin/server").toString(), "run", kind.server());
    }

    @Override
    public Map<String, String> environment() {
        Map<String, String> all = new HashMap<>(environment);
        all.merge(
                "JVM_ARGS",
                String.join(" ", classArchiveOption, QUIET_ARCHIVE, NO_ANNOTATION_CACHE),
                (given, ours) -> ours + " " + given);
        // A JVM with an agent ignores the archive; Liberty's agent serves tracing and metrics that we do not publish.
        all.put("WLP_SKIP_BOOTSTRAP_AGENT", "true");
        all.put("JAVA_HOME", System.getProperty("java.home"));
        all.put("WLP_USER_DIR", kind.userDirectory(root).toString());
        all.put("WLP_OUTPUT_DIR", output.toString());
        all.put("LOG_DIR", output.resolve("logs").toString());
        all.put("X_LOG_DIR", output.resolve("logs").toString());
        all.put("HTTP_PORT", Integer.toString(port));
        return all;
    }

    @Override
    protected String stopSignal() {
        return "TERM";
    }

    @Override
    protected Duration stopLimit() {
        return wasReady ? STOP_LIMIT : STOP_LIMIT_BEFORE_READY;
    }

    @Override
    protected Optional<String> probe() {
        Optional<String> waitsFor = readiness.waitsFor();
        if (waitsFor.isEmpty()) {
            wasReady = true;
        }
        return waitsFor;
    }

    @Override
    protected Optional<String> trouble() {
        return log.trouble();
    }
}
