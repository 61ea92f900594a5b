package org.votingapp.benchmarks.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.votingapp.benchmarks.load.Generator;
import org.votingapp.benchmarks.load.Request;
import org.votingapp.benchmarks.load.Run;
import org.votingapp.benchmarks.report.Curve;
import org.votingapp.benchmarks.report.Figure;
import org.votingapp.benchmarks.report.Report;
import org.votingapp.benchmarks.report.Target;
import org.votingapp.stack.LocalStack;
import org.votingapp.stack.liberty.LibertyPart;
import org.votingapp.stack.liberty.ServerKind;
import org.votingapp.testsupport.Jvm;
import org.votingapp.testsupport.watching.Audience;

/**
 * The resident memory of the three servers after a long load: votes and pages in turn on 64 connections, a worker that
 * records, and some watchers.
 *
 * <p>One long run instead of rounds. The values are the readings of its last tenth.
 */
public final class MemoryUnderLoad implements Step {

    static final String NAME = "memory";

    private static final int CONNECTIONS = 64;
    private static final int WATCHERS = 100;
    private static final int READINGS = 60;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void measure(Stage stage, Report report) throws Exception {
        LocalStack stack = stage.stack();
        for (LibertyPart server : stack.servers()) {
            server.stop();
            server.start();
            server.awaitReady(Stage.START_LIMIT);
        }
        Duration time = Duration.ofSeconds(stage.scale().memorySeconds());
        Map<ServerKind, List<Curve.Point>> readings = new EnumMap<>(ServerKind.class);
        Run run;
        try (Audience audience = new Audience(stack.result().port(), WATCHERS)) {
            CompletableFuture<Run> load = CompletableFuture.supplyAsync(() -> Generator.asFastAsAnswersCome(
                    CONNECTIONS,
                    time,
                    Request.vote(stack.vote().port()),
                    Request.get(stack.vote().port(), "/")));
            read(stack, time, readings);
            run = load.join();
            assertThat(audience.ended()).as("streams that ended").isZero();
        }
        assertThat(run.failures()).as("requests that failed").isZero();
        new BalanceCheck(stack).check();
        figures(report, readings, run);
    }

    /** Reads the memory of each server periodically until the load ends. */
    private static void read(LocalStack stack, Duration time, Map<ServerKind, List<Curve.Point>> readings)
            throws Exception {
        Map<ServerKind, Jvm> servers = new EnumMap<>(ServerKind.class);
        for (LibertyPart server : stack.servers()) {
            servers.put(server.kind(), Jvm.among(server.pids()));
            readings.put(server.kind(), new ArrayList<>());
        }
        long began = System.nanoTime();
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int reading = 0; reading <= READINGS; reading++) {
                CompletableFuture<Void> done = new CompletableFuture<>();
                all.add(done);
                clock.schedule(
                        () -> {
                            note(servers, (System.nanoTime() - began) / 1e9, readings);
                            return done.complete(null);
                        },
                        time.toMillis() * reading / READINGS,
                        TimeUnit.MILLISECONDS);
            }
            CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new))
                    .get(time.toSeconds() + 60, TimeUnit.SECONDS);
        } finally {
            clock.shutdownNow();
        }
    }

    private static void note(
            Map<ServerKind, Jvm> servers, double seconds, Map<ServerKind, List<Curve.Point>> readings) {
        servers.forEach((kind, jvm) -> {
            try {
                readings.get(kind).add(new Curve.Point(seconds, jvm.residentMegabytes()));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        });
    }

    private static void figures(Report report, Map<ServerKind, List<Curve.Point>> readings, Run run) {
        List<Double> sums = new ArrayList<>();
        int last = READINGS - READINGS / 10;
        for (int reading = last; reading <= READINGS; reading++) {
            double sum = 0;
            for (List<Curve.Point> points : readings.values()) {
                sum += points.get(reading).y();
            }
            sums.add(sum);
        }
        report.add(Figure.of(NAME, "resident memory of vote + worker + result under load", "MB", sums)
                .with(Target.atMost(450))
                .noting("one run of %.0f s with %,d requests; readings of its last tenth"
                        .formatted(run.seconds(), run.answers())));
        readings.forEach((kind, points) -> {
            String name = kind.name().toLowerCase(Locale.ROOT);
            report.add(Figure.of(
                    NAME,
                    "  " + name,
                    "MB",
                    points.subList(last, READINGS + 1).stream()
                            .map(Curve.Point::y)
                            .toList()));
            report.add(new Curve(Curve.Plot.MEMORY, name, points));
        });
        report.add(Figure.of(NAME, "  votes and pages meanwhile", Figure.PER_SECOND, List.of(run.rate())));
    }
}
