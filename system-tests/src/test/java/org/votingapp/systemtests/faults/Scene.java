package org.votingapp.systemtests.faults;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.summarizingLong;

import java.time.Duration;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.votingapp.runtime.redis.RedisNames;
import org.votingapp.stack.LocalStack;
import org.votingapp.testsupport.checker.Attempt;
import org.votingapp.testsupport.checker.History;
import org.votingapp.testsupport.checker.Told;
import redis.clients.jedis.Jedis;

/**
 * What a fault can act on, and what it can wait for before it is healed.
 *
 * @param parts the parts of the stack
 * @param links the proxies between servers and stores
 * @param servers the vote servers that clients use
 * @param load the voters
 * @param history their attempts
 */
record Scene(LocalStack parts, FaultStack.Links links, Rotation servers, Load load, History history) {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Waits for this many further acknowledged votes. */
    void votesGoOn(long votes) {
        load.awaitMore(votes);
    }

    /** Waits until a vote has had no answer since then. */
    void untilVotersFeelIt(long withoutAnswerBefore) {
        Awaitility.await("a vote without an answer").atMost(LIMIT).until(() -> withoutAnswer() > withoutAnswerBefore);
    }

    /** The number of votes without an answer. */
    long withoutAnswer() {
        return history.counts().get(Told.NOTHING);
    }

    /** Those votes by status (0: none), with their number and wait in milliseconds. */
    String withoutAnswerByStatus() {
        return withoutAnswerByStatus(history);
    }

    /** The same for all attempts of a history. */
    static String withoutAnswerByStatus(History history) {
        Map<Integer, LongSummaryStatistics> waits = history.attempts().stream()
                .filter(attempt -> attempt.told() == Told.NOTHING)
                .collect(groupingBy(Attempt::status, TreeMap::new, summarizingLong(Attempt::millis)));
        return waits.entrySet().stream()
                .map(status -> "%d: %d after %d to %d ms"
                        .formatted(
                                status.getKey(),
                                status.getValue().getCount(),
                                status.getValue().getMin(),
                                status.getValue().getMax()))
                .collect(joining(", "));
    }

    /** Waits this long. */
    void lasts(Duration time) {
        Awaitility.await().pollDelay(time).atMost(time.plus(LIMIT)).until(() -> true);
    }

    /** Waits until at least this many ballots are pending. */
    void untilBallotsWait(long ballots) {
        try (Jedis redis = parts.redis().connect()) {
            Awaitility.await("ballots that wait").atMost(LIMIT).until(() -> redis.xlen(RedisNames.BALLOTS) >= ballots);
        }
    }
}
