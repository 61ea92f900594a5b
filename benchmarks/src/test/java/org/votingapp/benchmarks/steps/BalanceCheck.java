package org.votingapp.benchmarks.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.votingapp.runtime.redis.RedisNames;
import org.votingapp.stack.LocalStack;
import redis.clients.jedis.Jedis;

/** Compares the accepted votes with what is stored. A fast but wrong run fails. */
final class BalanceCheck {

    private static final Duration DRAIN_LIMIT = Duration.ofMinutes(10);

    private final LocalStack stack;

    BalanceCheck(LocalStack stack) {
        this.stack = stack;
    }

    /** The number of ballots accepted so far. */
    long accepted() {
        try (Jedis redis = stack.redis().connect()) {
            return count(redis.hgetAll(RedisNames.COUNTS), RedisNames.ACCEPTED);
        }
    }

    /** Waits until no ballot is pending. */
    void awaitDry() {
        try (Jedis redis = stack.redis().connect()) {
            Awaitility.await("the drain runs dry")
                    .atMost(DRAIN_LIMIT)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> redis.xlen(RedisNames.BALLOTS) == 0);
        }
    }

    /** Waits until no ballot is pending, then fails unless a poll has this many votes in the tally. */
    void checkTally(String poll, long votes) throws SQLException {
        awaitDry();
        assertThat(counts("SELECT poll_id, sum(votes) FROM tally GROUP BY poll_id"))
                .containsEntry(poll, votes);
    }

    /**
     * Waits until no ballot is pending, then fails unless accepted = recorded + duplicate + rejected + pending and the tally
     * equals a recount.
     */
    void check() throws SQLException {
        awaitDry();
        Map<String, Long> tally = counts("SELECT poll_id || ' ' || choice, votes FROM tally");
        Map<String, Long> recount =
                counts("SELECT poll_id || ' ' || choice, count(*) FROM ballot GROUP BY poll_id, choice");
        assertThat(tally).as("the tally, and a recount").isEqualTo(recount);
        long recorded = recount.values().stream().mapToLong(Long::longValue).sum();
        try (Jedis redis = stack.redis().connect()) {
            Map<String, String> counts = redis.hgetAll(RedisNames.COUNTS);
            assertThat(recorded
                            + count(counts, RedisNames.DUPLICATE)
                            + count(counts, RedisNames.REJECTED_COUNT)
                            + redis.xlen(RedisNames.BALLOTS))
                    .as("recorded + duplicate + rejected + pending, and accepted")
                    .isEqualTo(count(counts, RedisNames.ACCEPTED));
        }
    }

    private static long count(Map<String, String> counts, String name) {
        return Long.parseLong(counts.getOrDefault(name, "0"));
    }

    private Map<String, Long> counts(String query) throws SQLException {
        Map<String, Long> counts = new TreeMap<>();
        try (Connection connection = stack.postgres().connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                if (rows.getLong(2) > 0) {
                    counts.put(rows.getString(1), rows.getLong(2));
                }
            }
        }
        return counts;
    }
}
