package org.votingapp.benchmarks.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.votingapp.benchmarks.report.Figure;
import org.votingapp.benchmarks.report.Report;
import org.votingapp.benchmarks.report.Target;
import org.votingapp.stack.LocalStack;
import org.votingapp.testsupport.Jvm;
import org.votingapp.testsupport.watching.Audience;

/**
 * What an event costs the result server where a thousand polls share its watchers, against one poll that has them all.
 *
 * <p>Tallies change by SQL, as the worker would change them: each second those of all polls, a part of them in each
 * transaction. So both cases deliver the same number of events.
 */
public final class WatchedPolls implements Step {

    static final String NAME = "boards";

    private static final AddedPolls ADDED = new AddedPolls("watched-", 1_000);
    private static final int EACH = 20;
    /** Transactions in a second for that many polls; fewer for fewer, so that each tells as many watchers. */
    private static final int COMMITS = 40;

    /** What is done once for each poll is compiled for good at its 15,000th time, as liberty-config tells the JVM. */
    private static final int WARM_UP = 20;

    private static final int OTHER_FILES = 200;
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static final String COUNT = """
            WITH counted AS (
                UPDATE tally SET votes = ? WHERE choice = 'a' AND poll_id = ANY(?) RETURNING poll_id
            )
            SELECT pg_notify('tally', poll_id) FROM counted""";

    private long votes;

    /** What one case costs: processor time in microseconds an event, and live heap in KB a watcher. */
    private record Cost(double micros, double kilobytes) {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void measure(Stage stage, Report report) throws Exception {
        LocalStack stack = stage.stack();
        Jvm server = Jvm.among(stack.result().pids());
        int files = Math.min(server.filesLeft(), Jvm.here().filesLeft()) - OTHER_FILES;
        int polls = Math.min(ADDED.number(), Math.min(stage.scale().watchers(), files) / EACH);
        assertThat(polls).as("polls with %d watchers each", EACH).isPositive();
        List<Cost> one = new ArrayList<>();
        List<Cost> many = new ArrayList<>();
        try (Connection postgres = stack.postgres().connect()) {
            ADDED.add(postgres);
            for (int round = 0; round < stage.scale().rounds(); round++) {
                one.add(cost(
                        stack, server, postgres, 1, polls * EACH, stage.scale().broadcasts()));
                many.add(
                        cost(stack, server, postgres, polls, EACH, stage.scale().broadcasts()));
            }
            ADDED.remove(postgres);
        }
        String name = "%,d polls with %d watchers each".formatted(polls, EACH);
        String limit = "one poll with %,d".formatted(polls * EACH);
        report.add(Figure.of(
                        NAME,
                        name + ": processor time an event",
                        "µs",
                        many.stream().map(Cost::micros).toList())
                .against(limit, one.stream().map(Cost::micros).toList())
                .with(Target.shareOfAtMost(1.2)));
        report.add(Figure.of(
                        NAME,
                        name + ": live heap a watcher",
                        "KB",
                        many.stream().map(Cost::kilobytes).toList())
                .against(limit, one.stream().map(Cost::kilobytes).toList())
                .with(Target.shareOfAtMost(1.2)));
    }

    private Cost cost(LocalStack stack, Jvm server, Connection postgres, int polls, int each, int broadcasts)
            throws IOException, SQLException {
        List<String> ids = IntStream.range(0, polls).mapToObj(ADDED::id).toList();
        List<String> streams = ids.stream()
                .flatMap(id -> IntStream.range(0, each).mapToObj(n -> "/api/polls/" + id + "/results/stream"))
                .toList();
        long before = server.liveHeapBytes();
        try (Audience audience = new Audience(stack.result().port(), streams)) {
            Awaitility.await("all have a tally").atMost(LIMIT).until(() -> audience.haveSeen(0) == streams.size());
            double kilobytes = (server.liveHeapBytes() - before) / 1e3 / streams.size();
            for (int i = 0; i < Math.min(WARM_UP, 2 * broadcasts); i++) {
                broadcast(postgres, ids, audience, streams.size());
            }
            Duration began = server.processorTime();
            for (int i = 0; i < broadcasts; i++) {
                broadcast(postgres, ids, audience, streams.size());
            }
            Duration taken = server.processorTime().minus(began);
            assertThat(audience.ended()).as("streams that ended").isZero();
            return new Cost(taken.toNanos() / 1e3 / broadcasts / streams.size(), kilobytes);
        } finally {
            awaitNobody(stack, postgres, ids);
        }
    }

    /** Gives each poll one vote more within a second, and waits until that is over and everybody has seen it. */
    private void broadcast(Connection postgres, List<String> ids, Audience audience, int watchers) throws SQLException {
        long end = System.nanoTime() + SECOND.toNanos();
        votes++;
        int commits = Math.max(1, COMMITS * ids.size() / ADDED.number());
        for (int commit = 0; commit < commits; commit++) {
            long next = end - SECOND.toNanos() / commits * (commits - commit);
            Awaitility.await()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> System.nanoTime() >= next);
            count(postgres, ids.subList(ids.size() * commit / commits, ids.size() * (commit + 1) / commits));
        }
        Awaitility.await("everybody has the tally of " + votes)
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> audience.haveSeen(votes) == watchers && System.nanoTime() >= end);
    }

    private void count(Connection postgres, List<String> ids) throws SQLException {
        try (PreparedStatement count = postgres.prepareStatement(COUNT)) {
            count.setLong(1, votes);
            count.setArray(2, postgres.createArrayOf("text", ids.toArray()));
            count.execute();
        }
    }

    /** The server notices a closed client when it writes to it. */
    private void awaitNobody(LocalStack stack, Connection postgres, List<String> ids) {
        Awaitility.await("nobody watches")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    votes++;
                    count(postgres, ids);
                    return WatcherCount.of(stack.result()) == 0;
                });
    }
}
