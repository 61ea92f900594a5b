package org.votingapp.benchmarks.steps;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.votingapp.benchmarks.report.Figure;
import org.votingapp.benchmarks.report.Report;
import org.votingapp.benchmarks.report.Target;
import org.votingapp.stack.TestStacks;
import org.votingapp.stack.data.Ports;

/** The time from {@code mvn -Prun} to the first page, with everything built and an existing data folder. */
public final class RunByMaven implements Step {

    static final String NAME = "run";

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final HttpClient client = HttpClient.newHttpClient();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void measure(Stage stage, Report report) throws Exception {
        // Nothing else may use the machine.
        stage.close();
        Path data = TestStacks.newFolder();
        int port = Ports.free();
        Map<String, String> environment = Map.of(
                "DATA_DIR", data.toString(),
                "VOTE_PORT", String.valueOf(port),
                "RESULT_PORT", String.valueOf(Ports.free()),
                "WORKER_PORT", String.valueOf(Ports.free()),
                "ORGANISER_PORT", String.valueOf(Ports.free()));
        List<Double> seconds = new ArrayList<>();
        for (int round = -stage.scale().firstRuns(); round < stage.scale().rounds(); round++) {
            double taken = toTheFirstPage(environment, port, data.resolveSibling("run-by-maven.log"));
            if (round >= 0) {
                seconds.add(taken);
            }
        }
        report.add(Figure.of(NAME, "mvn -Prun to the first page", "s", seconds).with(Target.atMost(20)));
    }

    private double toTheFirstPage(Map<String, String> environment, int port, Path log) throws IOException {
        Files.deleteIfExists(log);
        ProcessBuilder builder = new ProcessBuilder(System.getProperty("load.maven", "mvn"), "--batch-mode", "-Prun")
                .directory(Stage.root().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        HttpRequest page = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/"))
                .timeout(Duration.ofSeconds(5))
                .build();
        long began = System.nanoTime();
        Process maven = builder.start();
        Thread end = new Thread(maven::destroy, "run-by-maven-end");
        Runtime.getRuntime().addShutdownHook(end);
        try {
            Awaitility.await("the first page (" + log + ")")
                    .atMost(LIMIT)
                    .failFast("Maven has ended", () -> !maven.isAlive())
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> client.send(page, BodyHandlers.discarding()).statusCode() == 200);
            return (System.nanoTime() - began) / 1e9;
        } finally {
            maven.destroy();
            Awaitility.await("Maven to end").atMost(LIMIT).until(() -> maven.waitFor(1, TimeUnit.SECONDS));
            Runtime.getRuntime().removeShutdownHook(end);
        }
    }
}
