package org.votingapp.benchmarks.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.awaitility.Awaitility;
import org.votingapp.benchmarks.load.Generator;
import org.votingapp.benchmarks.load.Request;
import org.votingapp.benchmarks.load.Run;
import org.votingapp.benchmarks.load.Viewer;
import org.votingapp.benchmarks.report.Curve;
import org.votingapp.benchmarks.report.Figure;
import org.votingapp.benchmarks.report.Report;
import org.votingapp.benchmarks.report.Target;
import org.votingapp.stack.LocalStack;

/**
 * The time from the moment a vote is due until a watcher sees it, on an idle system and with 1,000 other votes per second.
 *
 * <p>The votes that are followed are for an option of their own, at random times, about four per second. A vote that is sent
 * late because the one before had no answer yet counts from when it was due (no coordinated omission).
 */
public final class Latency implements Step {

    static final String NAME = "latency";

    private static final String OPTION = "c";
    private static final long BETWEEN_MILLIS = 250;
    private static final int OTHERS_PER_SECOND = 1_000;
    private static final int CONNECTIONS = 64;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newHttpClient();
    private final SplittableRandom random = new SplittableRandom();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void measure(Stage stage, Report report) throws Exception {
        LocalStack stack = stage.stack();
        int votes = stage.scale().latencyVotes();
        Duration time = Duration.ofMillis(votes * BETWEEN_MILLIS);
        List<Histogram> idle = new ArrayList<>();
        List<Histogram> busy = new ArrayList<>();
        List<Double> others = new ArrayList<>();
        try (Viewer viewer = new Viewer(stack.result().uri("/api/results/stream"), OPTION)) {
            Awaitility.await("the stream's first tally").atMost(LIMIT).until(() -> viewer.hasSeen(0));
            follow(stack, viewer, votes);
            for (int round = 0; round < stage.scale().rounds(); round++) {
                idle.add(follow(stack, viewer, votes));
                CompletableFuture<Run> load = CompletableFuture.supplyAsync(() -> Generator.atRate(
                        OTHERS_PER_SECOND,
                        CONNECTIONS,
                        time,
                        Request.vote(stack.vote().port())));
                busy.add(follow(stack, viewer, votes));
                Run run = load.join();
                assertThat(run.failures()).as("votes of others that failed").isZero();
                others.add(run.rate());
            }
        }
        new BalanceCheck(stack).check();
        figures(report, idle, busy, others);
    }

    /** Casts votes and waits until all were seen; returns the times in microseconds. */
    private Histogram follow(LocalStack stack, Viewer viewer, int votes)
            throws InterruptedException, ExecutionException {
        long before = viewer.newest();
        List<Long> due = new ArrayList<>();
        List<Future<?>> casts = new ArrayList<>();
        ScheduledExecutorService voter = Executors.newSingleThreadScheduledExecutor();
        try {
            long began = System.nanoTime();
            for (int vote = 0; vote < votes; vote++) {
                long at = TimeUnit.MILLISECONDS.toNanos(vote * BETWEEN_MILLIS + random.nextLong(BETWEEN_MILLIS));
                due.add(began + at);
                casts.add(voter.schedule(() -> cast(stack), began + at - System.nanoTime(), TimeUnit.NANOSECONDS));
            }
            for (Future<?> cast : casts) {
                cast.get();
            }
        } finally {
            voter.shutdownNow();
        }
        Awaitility.await("every vote is seen").atMost(LIMIT).until(() -> viewer.hasSeen(before + votes));
        Histogram micros = new Histogram(3);
        for (int vote = 0; vote < votes; vote++) {
            long nanos = viewer.at(before + vote + 1) - due.get(vote);
            micros.recordValue(TimeUnit.NANOSECONDS.toMicros(nanos));
        }
        return micros;
    }

    private Void cast(LocalStack stack) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(stack.vote().uri("/api/votes"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"vote\":\"%s\"}".formatted(OPTION)))
                .build();
        assertThat(client.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(201);
        return null;
    }

    private static void figures(Report report, List<Histogram> idle, List<Histogram> busy, List<Double> others) {
        report.add(millis("cast → watcher, idle, p50", idle, 50).with(Target.atMost(20)));
        report.add(millis("cast → watcher, idle, p99", idle, 99).with(Target.atMost(100)));
        report.add(Figure.of(NAME, "votes of others meanwhile", Figure.PER_SECOND, others));
        report.add(millis("cast → watcher, 1,000 votes/s, p50", busy, 50));
        report.add(millis("cast → watcher, 1,000 votes/s, p99", busy, 99).with(Target.atMost(250)));
        report.add(new Curve(Curve.Plot.LATENCY, "cast → watcher, idle", points(idle)));
        report.add(new Curve(Curve.Plot.LATENCY, "cast → watcher, 1,000 votes/s", points(busy)));
    }

    private static Figure millis(String name, List<Histogram> rounds, double percentile) {
        return Figure.of(
                NAME,
                name,
                "ms",
                rounds.stream()
                        .map(micros -> micros.getValueAtPercentile(percentile) / 1e3)
                        .toList());
    }

    private static List<Curve.Point> points(List<Histogram> rounds) {
        Histogram all = new Histogram(3);
        rounds.forEach(all::add);
        return List.of(0.0, 25.0, 50.0, 75.0, 90.0, 95.0, 99.0).stream()
                .map(percentile -> new Curve.Point(percentile, all.getValueAtPercentile(percentile) / 1e3))
                .toList();
    }
}
