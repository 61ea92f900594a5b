package org.votingapp.benchmarks.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.votingapp.benchmarks.report.Figure;
import org.votingapp.benchmarks.report.Report;
import org.votingapp.benchmarks.report.Target;
import org.votingapp.stack.LocalStack;
import org.votingapp.testsupport.Jvm;
import redis.clients.jedis.Jedis;

/**
 * The time and the memory of a download of many ballots as CSV, and the rate of the drain of another poll beside downloads, by turns
 * with the drain alone.
 */
public final class ExportCost implements Step {

    static final String NAME = "export";

    private static final int LOOK_MILLIS = 200;
    private static final String TEMPORARY = "SELECT coalesce(sum(size), 0) FROM pg_ls_tmpdir()";

    private final List<Double> seconds = new ArrayList<>();
    private final List<Double> heapBefore = new ArrayList<>();
    private final List<Double> heap = new ArrayList<>();
    private final List<Double> residentBefore = new ArrayList<>();
    private final List<Double> resident = new ArrayList<>();
    private final List<Double> temporary = new ArrayList<>();
    private final List<Double> alone = new ArrayList<>();
    private final List<Double> beside = new ArrayList<>();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void measure(Stage stage, Report report) throws Exception {
        LocalStack stack = stage.stackWithOrganiser();
        int ballots = stage.scale().recordedBallots();
        int drained = stage.scale().drainBallots();
        DeskClient desk = new DeskClient(stack);
        Jvm server = Jvm.among(stack.organiser().pids());
        try (Jedis redis = stack.redis().connect();
                Connection superuser = stack.postgres().connectAsSuperuser();
                FinalPoll poll = new FinalPoll(stack.postgres(), ballots)) {
            TimedDrain drain = new TimedDrain(stack, redis, Stage.POLL);
            drain.rate(drained / 10);
            for (int round = 0; round < stage.scale().rounds(); round++) {
                download(desk, poll.id(), ballots, server, superuser);
                alone.add(drain.rate(drained));
                beside.add(besideDownloads(drain, drained, desk, poll.id()));
            }
        }
        new BalanceCheck(stack).check();
        figures(report, ballots);
    }

    private void download(DeskClient desk, String poll, int ballots, Jvm server, Connection superuser)
            throws IOException, SQLException {
        heapBefore.add(server.liveHeapBytes() / 1e6);
        residentBefore.add(server.residentMegabytes());
        Download download = new Download(desk, poll);
        long began = System.nanoTime();
        CompletableFuture<Void> reading = CompletableFuture.runAsync(download::readAll);
        double most = 0;
        double mostTemporary = 0;
        Optional<Double> halfway = Optional.empty();
        do {
            most = Math.max(most, server.residentMegabytes());
            mostTemporary = Math.max(mostTemporary, temporaryMegabytes(superuser));
            if (halfway.isEmpty() && download.lines() > ballots / 2) {
                halfway = Optional.of(server.liveHeapBytes() / 1e6);
            }
        } while (!isOver(reading));
        seconds.add((System.nanoTime() - began) / 1e9);
        assertThat(download.lines()).as("lines, the head included").isEqualTo(ballots + 1);
        resident.add(most);
        temporary.add(mostTemporary);
        heap.add(halfway.isPresent() ? halfway.get() : server.liveHeapBytes() / 1e6);
    }

    /** Waits a moment for the end. */
    private static boolean isOver(CompletableFuture<Void> reading) {
        try {
            reading.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException notYet) {
            return false;
        } catch (InterruptedException | ExecutionException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static double temporaryMegabytes(Connection superuser) throws SQLException {
        try (Statement statement = superuser.createStatement();
                ResultSet row = statement.executeQuery(TEMPORARY)) {
            row.next();
            return row.getLong(1) / 1e6;
        }
    }

    /** One download begins after the other until all ballots are drained. */
    private static double besideDownloads(TimedDrain drain, int drained, DeskClient desk, String poll) {
        Download downloads = new Download(desk, poll);
        AtomicReference<CompletableFuture<Void>> reading = new AtomicReference<>();
        double rate = drain.rate(drained, () -> reading.set(CompletableFuture.runAsync(downloads::readUntilEnd)));
        downloads.end();
        reading.get().join();
        return rate;
    }

    /** Reads ballots and counts their lines. */
    private static final class Download {

        private static final int AT_ONCE = 1 << 16;

        private final DeskClient desk;
        private final String poll;
        private volatile long lines;
        private volatile boolean ended;

        Download(DeskClient desk, String poll) {
            this.desk = desk;
            this.poll = poll;
        }

        long lines() {
            return lines;
        }

        void end() {
            ended = true;
        }

        void readUntilEnd() {
            while (!ended) {
                readAll();
            }
        }

        void readAll() {
            byte[] read = new byte[AT_ONCE];
            try (InputStream ballots = desk.ballots(poll)) {
                for (int length = 0; length >= 0 && !ended; length = ballots.read(read)) {
                    long more = 0;
                    for (int i = 0; i < length; i++) {
                        more += read[i] == '\n' ? 1 : 0;
                    }
                    lines += more;
                }
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    private void figures(Report report, int ballots) {
        report.add(Figure.of(NAME, "download of %,d ballots".formatted(ballots), "s", seconds));
        report.add(Figure.of(NAME, "  live heap of the organiser server halfway", "MB", heap)
                .against("before", heapBefore)
                .with(Target.shareOfAtMost(1.25)));
        report.add(Figure.of(NAME, "  resident memory of the organiser server, most", "MB", resident)
                .against("before", residentBefore));
        report.add(Figure.of(NAME, "  temporary files of Postgres, most", "MB", temporary));
        report.add(Figure.of(NAME, "drain beside downloads", Figure.PER_SECOND, beside)
                .against("drain alone", alone));
    }
}
