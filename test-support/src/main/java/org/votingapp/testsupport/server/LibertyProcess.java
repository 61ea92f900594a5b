package org.votingapp.testsupport.server;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
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
import org.awaitility.core.TerminalFailureException;
import org.votingapp.testsupport.UnusedPort;

/** A Liberty server in a process of its own on 127.0.0.1, which can be started again. */
public class LibertyProcess implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(3);

    /** For requests of subclasses. */
    protected final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final int port = UnusedPort.find();
    private final Path log;
    private final ProcessBuilder builder;
    private Process process;

    /**
     * Describes it.
     *
     * @param server its name
     * @param folder for what it writes
     * @param output for what it works out at its start; with the same one the next start is shorter, but only one server at a
     *     time may have it
     * @param variables its settings
     */
    protected LibertyProcess(String server, Path folder, Path output, Map<String, String> variables) {
        log = folder.resolve("console.log");
        Map<String, String> environment = new HashMap<>(variables);
        environment.putIfAbsent("WLP_USER_DIR", System.getProperty("liberty.user"));
        environment.put("WLP_OUTPUT_DIR", output.toString());
        environment.put("LOG_DIR", folder.resolve("logs").toString());
        environment.put("WLP_LOGGING_CONSOLE_LOGLEVEL", "INFO");
        // It runs but for a minute: compiling it well would take longer.
        environment.merge("JVM_ARGS", "-XX:TieredStopAtLevel=1", (given, ours) -> ours + " " + given);
        environment.put("HTTP_HOST", "127.0.0.1");
        environment.put("HTTP_PORT", Integer.toString(port));
        builder = new ProcessBuilder(System.getProperty("liberty.home") + "/wlp/bin/server", "run", server)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
    }

    /** A new folder for the output of servers. */
    protected static Path newOutput() {
        try {
            return Files.createTempDirectory(Path.of("target").toAbsolutePath(), "server-output");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Starts it; returns at once. */
    public void start() throws IOException {
        process = builder.start();
    }

    /** Waits until a health check says that all is well. */
    public void awaitUp(String check) throws IOException {
        try {
            await(check)
                    .atMost(START)
                    .pollInterval(Duration.ofMillis(100))
                    .failFast("the server has ended", () -> !process.isAlive())
                    .until(() -> isUp(check));
        } catch (ConditionTimeoutException | TerminalFailureException never) {
            throw new AssertionError("/health/" + check + " is not up; the log of the server:\n" + log(), never);
        }
    }

    /** Whether a health check, such as {@code ready}, says that all is well; not where nobody answers. */
    public boolean isUp(String check) {
        try {
            HttpResponse<String> health = get("/health/" + check);
            // Before the application has started, a server without checks may call itself well.
            return health.statusCode() == 200 && health.body().contains("\"name\"");
        } catch (IOException notYet) {
            return false;
        }
    }

    /** The answer to a GET request. */
    public HttpResponse<String> get(String path, String... headers) throws IOException {
        return exchange("GET", path, "", headers);
    }

    /** The answer to a request, with a body if there is one. */
    protected HttpResponse<String> exchange(String method, String path, String body, String... headers)
            throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .timeout(Duration.ofSeconds(20));
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

    /** The address of a path on it. */
    protected URI uri(String path) {
        return URI.create("http://" + host() + path);
    }

    /** The port at which it answers. */
    public int port() {
        return port;
    }

    /** The host and port at which it answers. */
    public String host() {
        return "127.0.0.1:" + port;
    }

    /** What it has computed since its start. */
    public Duration processorTime() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** What it has written to its console. */
    public String log() throws IOException {
        return Files.readString(log);
    }

    /** Stops it as an operator would; says whether it had ended in that time. */
    public boolean stop(Duration atMost) {
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
