package org.votingapp.result.server;

import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;
import org.votingapp.testsupport.UnusedPort;

/**
 * A result server in a process of its own; one at a time, since all of a run have one output folder, so that each starts
 * from what the one before has worked out.
 */
final class ResultServer implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(3);
    private static final Path OUTPUT = newFolder();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port = UnusedPort.find();
    private final Path log;
    private final Process process;

    /**
     * Starts it.
     *
     * @param folder for what it writes
     * @param variables its settings
     */
    ResultServer(Path folder, Map<String, String> variables) throws IOException {
        log = folder.resolve("console.log");
        Map<String, String> environment = new HashMap<>(variables);
        environment.putIfAbsent("WLP_USER_DIR", System.getProperty("liberty.user"));
        environment.put("WLP_OUTPUT_DIR", OUTPUT.toString());
        environment.put("LOG_DIR", folder.resolve("logs").toString());
        environment.put("WLP_LOGGING_CONSOLE_LOGLEVEL", "INFO");
        // It runs but for a minute: compiling it well would take longer.
        environment.merge("JVM_ARGS", "-XX:TieredStopAtLevel=1", (given, ours) -> ours + " " + given);
        environment.put("HTTP_HOST", "127.0.0.1");
        environment.put("HTTP_PORT", Integer.toString(port));
        ProcessBuilder builder = new ProcessBuilder(
                        System.getProperty("liberty.home") + "/wlp/bin/server", "run", "result")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        process = builder.start();
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory(Path.of("target").toAbsolutePath(), "result-server");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Waits until a health check says that all is well. */
    void awaitUp(String check) throws IOException {
        try {
            await(check).atMost(START).pollInterval(Duration.ofMillis(100)).until(() -> isUp(check));
        } catch (ConditionTimeoutException never) {
            throw new AssertionError("/health/" + check + " is not up; the log of the server:\n" + log(), never);
        }
    }

    /** Whether a health check, such as {@code ready}, says that all is well; not where nobody answers. */
    boolean isUp(String check) {
        try {
            HttpResponse<String> health = get("/health/" + check);
            // Before the application has started, a server without checks may call itself well.
            return health.statusCode() == 200 && health.body().contains("\"name\"");
        } catch (IOException notYet) {
            return false;
        }
    }

    HttpResponse<String> get(String path, String... headers) throws IOException {
        return send("GET", path, headers);
    }

    HttpResponse<String> send(String method, String path, String... headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(10));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }

    JsonObject results() throws IOException {
        return Json.createReader(new StringReader(get("/api/results").body())).readObject();
    }

    /** A sample from {@code /metrics}: its first line that begins so. */
    double metric(String beginning) throws IOException {
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(beginning))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }

    EventStream stream() {
        return stream("/api/results/stream");
    }

    EventStream stream(String path) {
        return new EventStream(http, uri(path));
    }

    int port() {
        return port;
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /** Stops it as an operator would; says whether it had ended in that time. */
    boolean stop(Duration atMost) {
        process.destroy();
        process.onExit()
                .completeOnTimeout(process, atMost.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        return !process.isAlive();
    }

    @Override
    public void close() {
        if (!stop(Duration.ofSeconds(60))) {
            process.destroyForcibly().onExit().join();
        }
    }
}
