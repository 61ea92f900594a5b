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
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.awaitility.Awaitility;
import org.votingapp.benchmarks.report.Curve;
import org.votingapp.benchmarks.report.Figure;
import org.votingapp.benchmarks.report.Report;
import org.votingapp.benchmarks.report.Target;
import org.votingapp.stack.LocalStack;
import org.votingapp.testsupport.Jvm;
import org.votingapp.testsupport.watching.Audience;
import org.votingapp.testsupport.watching.CommitClock;
import org.votingapp.testsupport.watching.Sleepers;

/**
 * The memory per watcher on one result server, and the time from commit to all watchers. One in a hundred never reads.
 *
 * <p>They arrive in four groups, which gives a curve. The limit of open files bounds their number; the figures say if it
 * does.
 */
public final class ManyWatchers implements Step {

    static final String NAME = "watchers";

    private static final int PARTS = 4;
    private static final int ONE_SLEEPS_OF = 100;

    /** Open files other than the watchers' connections, in the server and here. */
    private static final int OTHER_FILES = 200;

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration BETWEEN_VOTES = Duration.ofSeconds(1);

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Double> kilobytes = new ArrayList<>();
    private final List<Histogram> delays = new ArrayList<>();
    private final List<Double> resident = new ArrayList<>();
    private final List<Curve.Point> heapCurve = new ArrayList<>();
    private final List<Curve.Point> residentCurve = new ArrayList<>();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void measure(Stage stage, Report report) throws Exception {
        LocalStack stack = stage.stack();
        Jvm server = Jvm.among(stack.result().pids());
        int wanted = stage.scale().watchers();
        int watchers = Math.min(wanted, Math.min(server.filesLeft(), Jvm.here().filesLeft()) - OTHER_FILES);
        assertThat(watchers).as("watchers for whom there are files").isPositive();
        for (int round = 0; round < stage.scale().rounds(); round++) {
            awaitNobody(stack);
            heapCurve.clear();
            residentCurve.clear();
            round(stack, server, watchers, stage.scale().broadcasts());
        }
        new BalanceCheck(stack).check();
        String note = watchers == wanted
                ? ""
                : "%,d instead of %,d: this machine allows a process no more open files".formatted(watchers, wanted);
        figures(report, watchers, note);
    }

    /** The server notices a closed client when it writes to it, and votes make it write. */
    private void awaitNobody(LocalStack stack) {
        Awaitility.await("nobody watches")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    vote(stack);
                    return WatcherCount.of(stack.result()) == 0;
                });
    }

    private void round(LocalStack stack, Jvm server, int watchers, int broadcasts) throws Exception {
        int sleeping = watchers / ONE_SLEEPS_OF;
        int part = (watchers - sleeping) / PARTS;
        List<Audience> audiences = new ArrayList<>();
        long before = server.liveHeapBytes();
        note(server, 0, before);
        try (Sleepers sleepers = new Sleepers(stack.result().port(), sleeping)) {
            for (int i = 0; i < PARTS; i++) {
                Audience audience = new Audience(stack.result().port(), part);
                audiences.add(audience);
                Awaitility.await("all have a tally").atMost(LIMIT).until(() -> audience.haveSeen(0) == part);
                note(server, sleeping + (i + 1) * part, server.liveHeapBytes());
            }
            int all = sleepers.size() + PARTS * part;
            assertThat(WatcherCount.of(stack.result())).as("watchers").isEqualTo(all);
            kilobytes.add((server.liveHeapBytes() - before) / 1e3 / all);
            delays.add(broadcast(stack, audiences, part, broadcasts));
            resident.add(server.residentMegabytes());
            assertThat(audiences.stream().mapToInt(Audience::ended).sum())
                    .as("streams that ended")
                    .isZero();
        } finally {
            for (Audience audience : audiences) {
                audience.close();
            }
        }
    }

    private void note(Jvm server, int watchers, long heap) throws IOException {
        heapCurve.add(new Curve.Point(watchers, heap / 1e6));
        residentCurve.add(new Curve.Point(watchers, server.residentMegabytes()));
    }

    /** Casts one vote per second, each of which is a broadcast; returns microseconds from commit to each watcher. */
    private Histogram broadcast(LocalStack stack, List<Audience> audiences, int part, int broadcasts) throws Exception {
        Histogram micros = new Histogram(3);
        try (CommitClock clock = new CommitClock(stack.postgres().connect())) {
            long before = clock.newest();
            for (int i = 1; i <= broadcasts; i++) {
                long votes = before + i;
                long next = System.nanoTime() + BETWEEN_VOTES.toNanos();
                vote(stack);
                Awaitility.await("everybody has the tally of " + votes)
                        .atMost(LIMIT)
                        .pollInterval(Duration.ofMillis(50))
                        .until(() -> audiences.stream().allMatch(audience -> audience.haveSeen(votes) == part)
                                && System.nanoTime() >= next);
            }
            audiences.forEach(Audience::goHome);
            for (long votes = before + 1; votes <= before + broadcasts; votes++) {
                long committed = clock.at(votes);
                for (Audience audience : audiences) {
                    audience.arrivals(votes)
                            .forEach(at ->
                                    micros.recordValue(Math.max(0, TimeUnit.NANOSECONDS.toMicros(at - committed))));
                }
            }
        }
        return micros;
    }

    private void vote(LocalStack stack) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(stack.vote().uri("/api/votes"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"vote\":\"a\"}"))
                .build();
        assertThat(client.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(201);
    }

    private void figures(Report report, int watchers, String note) {
        report.add(Figure.of(NAME, "watchers on one result server", "watchers", List.of((double) watchers))
                .with(Target.atLeast(20_000))
                .noting(note));
        report.add(Figure.of(NAME, "  live heap of each", "KB", kilobytes).with(Target.atMost(15)));
        report.add(millis("  a broadcast: commit → watcher, p50", 50));
        report.add(millis("  a broadcast: commit → watcher, p99", 99).with(Target.atMost(250)));
        report.add(Figure.of(NAME, "  resident memory of the result server", "MB", resident));
        report.add(new Curve(Curve.Plot.WATCHERS, "live heap", heapCurve));
        report.add(new Curve(Curve.Plot.WATCHERS, "resident", residentCurve));
    }

    private Figure millis(String name, double percentile) {
        return Figure.of(
                NAME,
                name,
                "ms",
                delays.stream()
                        .map(micros -> micros.getValueAtPercentile(percentile) / 1e3)
                        .toList());
    }
}
