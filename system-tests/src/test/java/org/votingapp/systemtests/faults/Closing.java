package org.votingapp.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.votingapp.runtime.redis.RedisNames;
import org.votingapp.testsupport.checker.Attempt;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/** Closes the poll of a scene in the middle of the votes, by a change in Postgres that a worker publishes, and opens it again. */
final class Closing {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String POLL = "cats-vs-dogs";
    private static final int ENOUGH = 50;
    private static final int FORBIDDEN = 403;

    private final Scene scene;
    private final Instant closes;
    private final long refusedBefore;
    /** When the end was in effect, by Redis' clock. */
    private final Instant confirmed;

    private Instant reopened = Instant.MAX;

    private Closing(Scene scene, Instant closes, long refusedBefore, Instant confirmed) {
        this.scene = scene;
        this.closes = closes;
        this.refusedBefore = refusedBefore;
        this.confirmed = confirmed;
    }

    /**
     * Lets the poll close so long from now, by Redis' clock; returns once this is published.
     *
     * @param meanwhile happens after the change, perhaps before it is published
     */
    static Closing in(Duration time, Scene scene, Runnable meanwhile) {
        long refused = refused(scene);
        Instant closes = askRedis(scene, Closing::now).plus(time).truncatedTo(ChronoUnit.MICROS);
        execute("UPDATE poll SET closes = '%s'".formatted(closes), scene);
        meanwhile.run();
        Awaitility.await("the published end")
                .atMost(LIMIT)
                .ignoreExceptionsInstanceOf(JedisException.class)
                .until(() -> closes.toString().equals(askRedis(scene, Closing::published)));
        return new Closing(scene, closes, refused, askRedis(scene, Closing::now));
    }

    private static <T> T askRedis(Scene scene, Function<Jedis, T> question) {
        try (Jedis redis = scene.parts().redis().connect()) {
            return question.apply(redis);
        }
    }

    /** Waits until voters have been refused, on every vote server. */
    void untilVotersAreRefused() {
        Awaitility.await("voters who are told that the poll is closed")
                .atMost(LIMIT)
                .until(() -> refused(scene) >= refusedBefore + ENOUGH);
    }

    /** Waits until the result is final. */
    void untilFinal() {
        Awaitility.await("the final result")
                .atMost(LIMIT)
                .until(() -> number("SELECT count(*) FROM poll WHERE final_at >= closes") == 1);
        assertThat(number("SELECT count(*) FROM ballot WHERE " + castFrom(end())))
                .as("ballots from after the end")
                .isZero();
    }

    /** Opens the poll again; returns once this is published. */
    void reopen() {
        try (Jedis redis = scene.parts().redis().connect()) {
            reopened = now(redis);
            execute("UPDATE poll SET closes = NULL, final_at = NULL", scene);
            Awaitility.await("the published opening")
                    .atMost(LIMIT)
                    .until(() -> published(redis).isEmpty());
        }
    }

    /** No ballot is from the time while the poll was closed; the rounds' check compares ballots with acknowledgements. */
    void assertExact() {
        assertThat(number("SELECT count(*) FROM ballot WHERE %s AND NOT %s"
                        .formatted(castFrom(end()), castFrom(reopened))))
                .as("ballots from between the end and the opening")
                .isZero();
    }

    /** An end that is set to this moment is in effect once it is published. */
    private Instant end() {
        return closes.isAfter(confirmed) ? closes : confirmed;
    }

    private static String castFrom(Instant time) {
        // An entry's id begins with Redis' time in milliseconds. A vote in the millisecond of the end may be before it.
        return "CAST(split_part(entry_id, '-', 1) AS bigint) > " + time.toEpochMilli();
    }

    private static long refused(Scene scene) {
        List<Attempt> attempts = scene.history().attempts();
        return attempts.stream()
                .filter(attempt -> attempt.status() == FORBIDDEN)
                .count();
    }

    private static Instant now(Jedis redis) {
        List<String> time = redis.time();
        return Instant.ofEpochSecond(Long.parseLong(time.get(0)), Long.parseLong(time.get(1)) * 1_000);
    }

    private static String published(Jedis redis) {
        return redis.hget(RedisNames.poll(POLL), "closes");
    }

    private static void execute(String sql, Scene scene) {
        try (Connection connection = scene.parts().postgres().connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new AssertionError(sql, failed);
        }
    }

    private long number(String sql) {
        try (Connection connection = scene.parts().postgres().connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException failed) {
            throw new AssertionError(sql, failed);
        }
    }
}
