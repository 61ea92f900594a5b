package org.votingapp.benchmarks.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.votingapp.benchmarks.load.BallotFiller;
import org.votingapp.benchmarks.report.Curve;
import org.votingapp.poll.VoterId;
import org.votingapp.runtime.redis.RedisNames;
import org.votingapp.stack.LocalStack;
import redis.clients.jedis.Jedis;

/** Takes the time in which one worker drains pending ballots of one poll. */
final class TimedDrain {

    static final int LOOKS_A_SECOND = 10;

    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final LocalStack stack;
    private final Jedis redis;
    private final String poll;
    private final UnaryOperator<VoterId> names;
    private final BallotFiller filler;

    /** Voters vote in this poll under their own ids. */
    TimedDrain(LocalStack stack, Jedis redis, String poll) {
        this(stack, redis, poll, UnaryOperator.identity());
    }

    /** Voters vote under these names. */
    TimedDrain(LocalStack stack, Jedis redis, String poll, UnaryOperator<VoterId> names) {
        this.stack = stack;
        this.redis = redis;
        this.poll = poll;
        this.names = names;
        this.filler = new BallotFiller(redis);
    }

    /** Fills the stream while the worker is frozen, thaws it, and returns the ballots drained by time. */
    List<Curve.Point> progress(int ballots) {
        return progress(ballots, () -> {});
    }

    /** Ballots per second. */
    double rate(int ballots) {
        return rate(ballots, () -> {});
    }

    /**
     * Ballots per second beside something else.
     *
     * @param other begins it, once the ballots are pending
     */
    double rate(int ballots, Runnable other) {
        List<Curve.Point> progress = progress(ballots, other);
        return ballots / progress.get(progress.size() - 1).x();
    }

    private List<Curve.Point> progress(int ballots, Runnable other) {
        new BalanceCheck(stack).awaitDry();
        stack.worker().freeze();
        long began;
        try {
            filler.cast(poll, ballots, names);
            assertThat(redis.xlen(RedisNames.BALLOTS)).as("ballots that wait").isEqualTo(ballots);
            other.run();
            began = System.nanoTime();
        } finally {
            stack.worker().thaw();
        }
        List<Curve.Point> progress = new ArrayList<>();
        progress.add(new Curve.Point(0, 0));
        Awaitility.await("all ballots are drained")
                .atMost(LIMIT)
                .pollInterval(Duration.ofSeconds(1).dividedBy(LOOKS_A_SECOND))
                .until(() -> {
                    long waiting = redis.xlen(RedisNames.BALLOTS);
                    progress.add(new Curve.Point((System.nanoTime() - began) / 1e9, ballots - waiting));
                    return waiting == 0;
                });
        return progress;
    }
}
