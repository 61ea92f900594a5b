package org.votingapp.benchmarks.steps;

import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.votingapp.benchmarks.load.RecordedBallots;
import org.votingapp.benchmarks.report.Figure;
import org.votingapp.benchmarks.report.Report;
import org.votingapp.benchmarks.report.Target;
import org.votingapp.poll.VoterId;
import org.votingapp.runtime.redis.RedisNames;
import org.votingapp.stack.LocalStack;
import redis.clients.jedis.Jedis;

/**
 * The rate of the drain in a poll that has many ballots under pseudonyms, by turns with a poll that has as many under the voters'
 * own ids.
 */
public final class PseudonymCost implements Step {

    static final String NAME = "pseudonyms";

    private static final AddedPolls POLLS = new AddedPolls("named-", 2);
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void measure(Stage stage, Report report) throws Exception {
        LocalStack stack = stage.stack();
        int recorded = stage.scale().recordedBallots();
        int drained = stage.scale().drainBallots();
        List<Double> byId = new ArrayList<>();
        List<Double> byPseudonym = new ArrayList<>();
        try (Connection postgres = stack.postgres().connect();
                Jedis redis = stack.redis().connect()) {
            POLLS.add(postgres);
            try {
                TimedDrain ids = drain(stack, redis, 0, recorded, UnaryOperator.identity());
                TimedDrain pseudonyms = drain(stack, redis, 1, recorded, POLLS.pseudonyms(postgres, 1)::of);
                ids.rate(drained / 10);
                pseudonyms.rate(drained / 10);
                for (int round = 0; round < stage.scale().rounds(); round++) {
                    byId.add(ids.rate(drained));
                    byPseudonym.add(pseudonyms.rate(drained));
                }
                new BalanceCheck(stack)
                        .checkTally(POLLS.id(1), recorded + drained / 10 + (long) drained * byPseudonym.size());
            } finally {
                POLLS.remove(postgres);
                redis.unlink(RedisNames.voters(POLLS.id(0)), RedisNames.voters(POLLS.id(1)));
            }
        }
        report.add(Figure.of(
                        NAME,
                        "drain of pseudonyms after %,d ballots".formatted(recorded),
                        Figure.PER_SECOND,
                        byPseudonym)
                .against("voters' own ids", byId)
                .with(Target.shareOfAtLeast(0.8)));
    }

    private static TimedDrain drain(LocalStack stack, Jedis redis, int poll, int recorded, UnaryOperator<VoterId> names)
            throws Exception {
        String id = POLLS.id(poll);
        new RecordedBallots(stack.postgres()).fill(id, recorded, names);
        Awaitility.await(id + " is published").atMost(LIMIT).until(() -> redis.exists(RedisNames.poll(id)));
        return new TimedDrain(stack, redis, id, names);
    }
}
