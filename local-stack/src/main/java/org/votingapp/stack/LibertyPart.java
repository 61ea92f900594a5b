package org.votingapp.stack;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Liberty server, as its module's build made it, with an output folder of its own, so that several stacks can run
 * from one checkout at once.
 */
public final class LibertyPart extends ProcessPart {

    /** Longer than Liberty's quiesce time (30 s in liberty-config), which is how long requests under way may take. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(40);

    /** A server that never was ready has nothing under way. */
    private static final Duration STOP_LIMIT_BEFORE_READY = Duration.ofSeconds(5);

    /** The JVM would tell each class that it leaves out. */
    private static final String QUIET_ARCHIVE = " -Xlog:cds=error -Xlog:cds+dynamic=error";

    private static final Duration PROBE_LIMIT = Duration.ofSeconds(2);

    private final ServerKind kind;
    private final int port;
    private final Path root;
    private final Path output;
    /** There while a server runs, and after it was killed. */
    private final Path running;

    private final Map<String, String> environment;
    private final HttpClient http;
    private final Progress progress;
    private final LibertyLog log;
    private final AnnotationCache annotations;
    private final StartCache startCache;
    private final ClassArchive classArchive;
    private String classArchiveOption = "";
    private volatile boolean wasReady;

    LibertyPart(
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
        this.running = output.resolve("running");
        this.environment = Map.copyOf(environment);
        this.http = http;
        this.progress = progress;
        this.log = new LibertyLog(log());
        this.annotations =
                new AnnotationCache(output.resolve(kind.server()), output.resolve("classes.seen"), kind.classes(root));
        this.startCache = new StartCache(
                cache.resolve("start").resolve(kind.server()),
                output.resolve(kind.server()),
                Stream.concat(
                                kind.classes(root).stream(),
                                Stream.of(kind.userDirectory(root), wlp().resolve("lib/versions")))
                        .toList());
        this.classArchive = new ClassArchive(
                cache.resolve("classes").resolve(kind.server()),
                output.resolve(kind.server()),
                wlp().resolve("lib/versions"));
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
    void prepare() throws IOException {
        wasReady = false;
        Files.createDirectories(output);
        if (!Files.isRegularFile(serverFolder().resolve("server.xml"))) {
            throw new StackException("The %s server is not built: run mvn package first".formatted(kind.server()));
        }
        // What a server left that did not end in good order may be damaged: what the cache has was checked.
        if (Files.exists(running, LinkOption.NOFOLLOW_LINKS)) {
            Tree.delete(output.resolve(kind.server()).resolve("workarea"));
            Tree.delete(running);
        }
        PrivateFile.write(running, "");
        classArchiveOption = "";
        try {
            annotations.dropIfStale();
            startCache.fetch();
            classArchiveOption = classArchive.fetch();
        } catch (IOException failed) {
            // This start takes longer, and nothing else comes of it.
            Tree.delete(output.resolve(kind.server()).resolve("workarea"));
            progress.report(name(), "what is kept for its starts cannot be used: " + DataFolder.reason(failed));
        }
    }

    @Override
    void ended() {
        try {
            Files.deleteIfExists(running);
        } catch (IOException failed) {
            progress.report(name(), "its next start takes longer: " + DataFolder.reason(failed));
        }
        if (wasReady) {
            try {
                startCache.keep();
                classArchive.keep();
            } catch (IOException failed) {
                // The next first start takes longer, and nothing else comes of it.
                progress.report(name(), "what it worked out at its start cannot be kept: " + DataFolder.reason(failed));
            }
        }
    }

    private Path wlp() {
        return root.resolve("target").resolve("liberty").resolve("wlp");
    }

    private Path serverFolder() {
        return kind.userDirectory(root).resolve("servers").resolve(kind.server());
    }

    @Override
    List<String> command() {
        return List.of(wlp().resolve("bin/server").toString(), "run", kind.server());
    }

    @Override
    Map<String, String> environment() {
        Map<String, String> all = new HashMap<>(environment);
        all.merge("JVM_ARGS", classArchiveOption + QUIET_ARCHIVE, (given, ours) -> ours + " " + given);
        // The archive is for a JVM without agents; Liberty's is for metrics that we do not ask it for (liberty-config's
        // monitor), and for tracing.
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
    String stopSignal() {
        return "TERM";
    }

    @Override
    Duration stopLimit() {
        return wasReady ? STOP_LIMIT : STOP_LIMIT_BEFORE_READY;
    }

    @Override
    Optional<String> probe() {
        HttpRequest request = HttpRequest.newBuilder(uri("/health/ready"))
                .timeout(PROBE_LIMIT)
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 200) {
                wasReady = true;
                return Optional.empty();
            }
            return Optional.of(whatIsDown(answer.body()));
        } catch (java.net.http.HttpTimeoutException frozen) {
            return Optional.of("an answer");
        } catch (ConnectException notListening) {
            return Optional.of("the server to start");
        } catch (IOException broken) {
            return Optional.of("an answer (" + broken.getMessage() + ")");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.of("an answer");
        }
    }

    @Override
    Optional<String> trouble() {
        return log.trouble();
    }

    private static String whatIsDown(String health) {
        List<String> down = new ArrayList<>();
        try {
            JsonArray checks = JsonParser.parseString(health).getAsJsonObject().getAsJsonArray("checks");
            for (JsonElement check : checks) {
                JsonObject found = check.getAsJsonObject();
                if (!found.get("status").getAsString().equals("UP")) {
                    down.add(found.get("name").getAsString() + reason(found));
                }
            }
        } catch (JsonParseException | IllegalStateException | NullPointerException notAHealthDocument) {
            return "its health checks";
        }
        // The server tells its checks in any order.
        Collections.sort(down);
        return down.isEmpty() ? "the application to start" : "its check " + String.join(", ", down);
    }

    private static String reason(JsonObject check) {
        JsonObject data = check.getAsJsonObject("data");
        return data == null || !data.has("reason")
                ? ""
                : " (%s)".formatted(data.get("reason").getAsString());
    }
}
