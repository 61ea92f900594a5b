package org.votingapp.benchmarks.steps;

import java.util.ArrayList;
import java.util.List;
import org.votingapp.benchmarks.report.Curve;
import org.votingapp.benchmarks.report.Figure;
import org.votingapp.benchmarks.report.Report;
import org.votingapp.benchmarks.report.Target;
import org.votingapp.runtime.redis.RedisNames;
import org.votingapp.stack.LocalStack;
import redis.clients.jedis.Jedis;

/** The rate at which one worker drains pending ballots, as a share of a bare SQL loop; and the memory per voter in Redis. */
public final class DrainRate implements Step {

    static final String NAME = "drain";

    /** All entries have the same size, so a sample is exact. */
    private static final int SAMPLES = 1_000;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void measure(Stage stage, Report report) throws Exception {
        LocalStack stack = stage.stack();
        int ballots = stage.scale().drainBallots();
        BareSqlLoop bare = new BareSqlLoop(stack.postgres());
        BalanceCheck balance = new BalanceCheck(stack);
        List<Double> limits = new ArrayList<>();
        List<Double> rates = new ArrayList<>();
        List<Double> voterBytes = new ArrayList<>();
        long voters = 0;
        try (Jedis redis = stack.redis().connect()) {
            TimedDrain drain = new TimedDrain(stack, redis, Stage.POLL);
            drain.progress(ballots / 10);
            for (int round = 0; round < stage.scale().rounds(); round++) {
                limits.add(bare.rate(ballots));
                List<Curve.Point> progress = drain.progress(ballots);
                Curve.Point end = progress.get(progress.size() - 1);
                rates.add(ballots / end.x());
                if (round == stage.scale().rounds() - 1) {
                    report.add(new Curve(Curve.Plot.THROUGHPUT, "drain", rates(progress)));
                }
                String hash = RedisNames.voters(Stage.POLL);
                voters = redis.hlen(hash);
                voterBytes.add(redis.memoryUsage(hash, SAMPLES) / (double) voters);
            }
        }
        balance.check();
        figures(report, limits, rates, voterBytes, voters);
    }

    private static List<Curve.Point> rates(List<Curve.Point> progress) {
        List<Curve.Point> rates = new ArrayList<>();
        for (int i = TimedDrain.LOOKS_A_SECOND; i < progress.size(); i += TimedDrain.LOOKS_A_SECOND) {
            Curve.Point before = progress.get(i - TimedDrain.LOOKS_A_SECOND);
            Curve.Point now = progress.get(i);
            rates.add(new Curve.Point(now.x(), (now.y() - before.y()) / (now.x() - before.x())));
        }
        return rates;
    }

    private static void figures(
            Report report, List<Double> limits, List<Double> rates, List<Double> voterBytes, long voters) {
        report.add(Figure.of(NAME, "bare SQL loop", Figure.PER_SECOND, limits).asLimit());
        Figure drained = Figure.of(NAME, "ballots drained by one worker", Figure.PER_SECOND, rates);
        report.add(drained.against("bare SQL loop", limits).with(Target.shareOfAtLeast(0.7)));
        report.figures().stream()
                .filter(figure -> figure.name().equals(VotesAndPages.TAKEN))
                .findFirst()
                .filter(taken -> taken.values().size() == rates.size())
                .ifPresent(taken -> report.add(
                        Figure.of(NAME, "  the same, against one vote server's votes", Figure.PER_SECOND, rates)
                                .against("votes taken, 64 connections", taken.values())
                                .with(Target.shareOfAtLeast(2))));
        report.add(Figure.of(NAME, "a voter in Redis", "bytes", voterBytes)
                .with(Target.atMost(150))
                .noting("%,d voters".formatted(voters)));
    }
}
