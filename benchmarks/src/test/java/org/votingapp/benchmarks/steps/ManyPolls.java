package org.votingapp.benchmarks.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.HttpURLConnection;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.votingapp.benchmarks.load.Generator;
import org.votingapp.benchmarks.load.Request;
import org.votingapp.benchmarks.load.Run;
import org.votingapp.benchmarks.report.Figure;
import org.votingapp.benchmarks.report.Report;
import org.votingapp.benchmarks.report.Target;
import org.votingapp.runtime.redis.RedisNames;
import org.votingapp.stack.LocalStack;
import redis.clients.jedis.Jedis;

/**
 * Votes per second of one vote server that has a thousand polls: spread over all of them, as a share of votes for one hot poll; and
 * what a poll takes of Redis' memory.
 *
 * <p>Both are measured by turns. The worker is frozen meanwhile, as in {@link VotesAndPages}.
 */
public final class ManyPolls implements Step {

    static final String NAME = "polls";

    private static final AddedPolls POLLS = new AddedPolls("spread-", 1_000);
    private static final int CONNECTIONS = 64;
    private static final Duration LIMIT = Duration.ofMinutes(2);
    /** All fields of the hash count: an exact answer. */
    private static final int ALL = 0;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void measure(Stage stage, Report report) throws Exception {
        LocalStack stack = stage.stack();
        BalanceCheck balance = new BalanceCheck(stack);
        int port = stack.vote().port();
        Request hot = Request.post(port, "/api/polls/" + POLLS.id(0) + "/votes");
        Request spread = Request.post(port, "/api/polls/" + POLLS.prefix() + "${number}/votes")
                .withNumbersBelow(POLLS.number());
        List<Run> hotRuns = new ArrayList<>();
        List<Run> spreadRuns = new ArrayList<>();
        try (Connection postgres = stack.postgres().connect();
                Jedis redis = stack.redis().connect()) {
            long before = memory(redis);
            POLLS.add(postgres);
            try {
                awaitKnown(stack);
                double bytes = (memory(redis) - before) / (double) POLLS.number();
                report.add(Figure.of(NAME, "a poll in Redis", "bytes", List.of(bytes)));
                Generator.asFastAsAnswersCome(CONNECTIONS, stage.scale().warmUp(), hot);
                Generator.asFastAsAnswersCome(CONNECTIONS, stage.scale().warmUp(), spread);
                balance.awaitDry();
                for (int round = 0; round < stage.scale().rounds(); round++) {
                    hotRuns.add(cast(stack, balance, hot, stage.scale().oneRound()));
                    spreadRuns.add(cast(stack, balance, spread, stage.scale().oneRound()));
                }
                balance.check();
            } finally {
                POLLS.remove(postgres);
            }
        }
        report.add(figure("votes for one of them", hotRuns, Run::rate).asLimit());
        report.add(figure("votes for 1,000 polls", spreadRuns, Run::rate)
                .against(
                        "votes for one of them", hotRuns.stream().map(Run::rate).toList())
                .with(Target.shareOfAtLeast(0.8)));
        report.add(Figure.of(
                NAME,
                "  the same, p99",
                "ms",
                spreadRuns.stream().map(run -> run.millis(99)).toList()));
        report.add(Figure.of(
                        NAME,
                        "  the same, failed",
                        "requests",
                        spreadRuns.stream().map(run -> (double) run.failures()).toList())
                .with(Target.atMost(0)));
    }

    private static Run cast(LocalStack stack, BalanceCheck balance, Request request, Duration time) {
        stack.worker().freeze();
        long before = balance.accepted();
        Run run;
        try {
            run = Generator.asFastAsAnswersCome(CONNECTIONS, time, request);
        } finally {
            stack.worker().thaw();
        }
        assertThat(balance.accepted() - before)
                .as("ballots accepted, from acknowledged to acknowledged and without an answer")
                .isBetween(run.answers(), run.answers() + run.failures());
        balance.awaitDry();
        return run;
    }

    /** The polls come to the vote server by way of the worker and Redis, in the order of their ids or any other. */
    private static void awaitKnown(LocalStack stack) {
        for (int poll = 0; poll < POLLS.number(); poll += POLLS.number() / 10) {
            String path = "/api/polls/" + POLLS.id(poll);
            Awaitility.await(path).atMost(LIMIT).until(() -> isFound(stack, path));
        }
    }

    private static boolean isFound(LocalStack stack, String path) throws java.io.IOException {
        HttpURLConnection asked =
                (HttpURLConnection) stack.vote().uri(path).toURL().openConnection();
        try {
            return asked.getResponseCode() == HttpURLConnection.HTTP_OK;
        } finally {
            asked.disconnect();
        }
    }

    /** What polls take: their rules, their definitions and the versions of both. */
    private static long memory(Jedis redis) {
        long rules = redis.keys(RedisNames.poll("*")).stream()
                .mapToLong(key -> redis.memoryUsage(key, ALL))
                .sum();
        return rules
                + List.of(
                                RedisNames.PUBLISHED,
                                RedisNames.DEFINITIONS,
                                RedisNames.DEFINITION_VERSIONS,
                                RedisNames.DEFINITION_CHANGES)
                        .stream()
                        .mapToLong(key -> redis.memoryUsage(key, ALL))
                        .sum();
    }

    private static Figure figure(String name, List<Run> runs, Function<Run, Double> value) {
        return Figure.of(NAME, name, Figure.PER_SECOND, runs.stream().map(value).toList());
    }
}
