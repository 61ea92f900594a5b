package org.votingapp.benchmarks.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.votingapp.benchmarks.report.Figure;
import org.votingapp.benchmarks.report.Report;
import org.votingapp.benchmarks.report.Target;
import org.votingapp.stack.LocalStack;
import redis.clients.jedis.Jedis;

/**
 * The time of a recount of many ballots, and the rate of the drain of another poll beside it, by turns with the drain alone. Each of
 * these recounts is cancelled, and must stand still afterwards.
 */
public final class RecountCost implements Step {

    static final String NAME = "recount";

    private static final Duration LIMIT = Duration.ofMinutes(15);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final String RUNNING = "running";

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
        List<Double> alone = new ArrayList<>();
        List<Double> beside = new ArrayList<>();
        List<Double> counted = new ArrayList<>();
        List<Double> cancelMillis = new ArrayList<>();
        double seconds;
        try (Jedis redis = stack.redis().connect();
                FinalPoll poll = new FinalPoll(stack.postgres(), ballots)) {
            TimedDrain drain = new TimedDrain(stack, redis, Stage.POLL);
            drain.rate(drained / 10);
            seconds = whole(desk, poll.id(), ballots);
            for (int round = 0; round < stage.scale().rounds(); round++) {
                alone.add(drain.rate(drained));
                AtomicLong began = new AtomicLong();
                beside.add(drain.rate(drained, () -> began.set(begin(desk, poll.id()))));
                double recounting = (System.nanoTime() - began.get()) / 1e9;
                counted.add(desk.recount("GET", poll.id()).counted() / recounting);
                cancelMillis.add(cancel(desk, poll.id()));
            }
        }
        new BalanceCheck(stack).check();
        report.add(Figure.of(NAME, "recount of %,d ballots".formatted(ballots), "s", List.of(seconds)));
        report.add(Figure.of(NAME, "  beside a drain", Figure.PER_SECOND, counted));
        report.add(Figure.of(NAME, "  cancelling it", "ms", cancelMillis).with(Target.atMost(1_000)));
        report.add(Figure.of(NAME, "drain beside a recount", Figure.PER_SECOND, beside)
                .against("drain alone", alone)
                .with(Target.shareOfAtLeast(0.9)));
    }

    /** Counts all, and returns the seconds. */
    private static double whole(DeskClient desk, String poll, int ballots) {
        long began = System.nanoTime();
        desk.recount("POST", poll);
        DeskClient.Recount ended = Awaitility.await("all ballots are counted anew")
                .atMost(LIMIT)
                .pollInterval(LOOK)
                .until(
                        () -> desk.recount("GET", poll),
                        recount -> !recount.state().equals(RUNNING));
        double seconds = (System.nanoTime() - began) / 1e9;
        assertThat(ended).isEqualTo(new DeskClient.Recount("equal", ballots));
        return seconds;
    }

    /** Begins to count, and returns the time of the first step that is seen. */
    private static long begin(DeskClient desk, String poll) {
        desk.recount("POST", poll);
        Awaitility.await("the first ballots are counted anew")
                .atMost(LIMIT)
                .pollInterval(LOOK)
                .until(() -> desk.recount("GET", poll).counted() > 0);
        return System.nanoTime();
    }

    /** Cancels it, sees that no further step is taken, and returns the milliseconds. */
    private static double cancel(DeskClient desk, String poll) {
        long began = System.nanoTime();
        DeskClient.Recount cancelled = desk.recount("DELETE", poll);
        double millis = (System.nanoTime() - began) / 1e6;
        assertThat(cancelled.state())
                .as("the recount, which the drain has not outlasted")
                .isEqualTo("cancelled");
        Awaitility.await("nothing is counted any more")
                .during(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(2))
                .until(() -> desk.recount("GET", poll).equals(cancelled));
        return millis;
    }
}
