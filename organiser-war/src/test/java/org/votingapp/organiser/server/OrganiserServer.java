package org.votingapp.organiser.server;

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
import org.votingapp.testsupport.UnusedPort;

/** An organiser server in a process of its own, which can be started again. */
final class OrganiserServer implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(3);
    private static final Path OUTPUT = newFolder();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port = UnusedPort.find();
    private final Path log;
    private final ProcessBuilder builder;
    private Process process;

    /**
     * Describes it.
     *
     * @param folder for what it writes
     * @param variables its settings
     */
    OrganiserServer(Path folder, Map<String, String> variables) {
        this(folder, OUTPUT, variables);
    }

    /** The same beside another one: with an output folder of its own, which makes the start longer. */
    OrganiserServer(Path folder, Path output, Map<String, String> variables) {
        log = folder.resolve("console.log");
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("WLP_USER_DIR", System.getProperty("liberty.user"));
        environment.put("WLP_OUTPUT_DIR", output.toString());
        environment.put("LOG_DIR", folder.resolve("logs").toString());
        environment.put("WLP_LOGGING_CONSOLE_LOGLEVEL", "INFO");
        // It runs but for a minute: compiling it well would take longer.
        environment.put("JVM_ARGS", "-XX:TieredStopAtLevel=1");
        environment.put("HTTP_HOST", "127.0.0.1");
        environment.put("HTTP_PORT", Integer.toString(port));
        builder = new ProcessBuilder(System.getProperty("liberty.home") + "/wlp/bin/server", "run", "organiser")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory(Path.of("target").toAbsolutePath(), "organiser-server");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    void start() throws IOException {
        process = builder.start();
    }

    /** Waits until a health check says that all is well. */
    void awaitUp(String check) throws IOException {
        try {
            await(check)
                    .atMost(START)
                    .pollInterval(Duration.ofMillis(100))
                    .failFast("the server has ended", () -> !process.isAlive())
                    .until(() -> isUp(check));
        } catch (ConditionTimeoutException | org.awaitility.core.TerminalFailureException never) {
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
        return send("GET", path, "", headers);
    }

    HttpResponse<String> send(String method, String path, String body, String... headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
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

    /** The host and port at which it answers. */
    String host() {
        return "127.0.0.1:" + port;
    }

    /** What it has computed since its start. */
    Duration processorTime() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /** Stops it as an operator would. */
    void stop() {
        process.destroy();
        process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
    }

    /** Waits until it has ended by itself. */
    void awaitEnd() {
        process.onExit().orTimeout(START.toSeconds(), TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            stop();
        }
    }
}
