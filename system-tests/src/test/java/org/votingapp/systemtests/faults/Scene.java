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
 * What a fault can lay its hands on, and what it may wait for before it is healed.
 *
 * @param parts the parts of the stack
 * @param links the ways of the servers to their stores
 * @param servers the vote servers that clients go to
 * @param load those who vote
 * @param history what they were told
 */
record Scene(LocalStack parts, FaultStack.Links links, Rotation servers, Load load, History history) {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Until this many more votes were acknowledged, fault or not. */
    void votesGoOn(long votes) {
        load.awaitMore(votes);
    }

    /** Until a vote had no answer since then. */
    void untilVotersFeelIt(long withoutAnswerBefore) {
        Awaitility.await("a vote without an answer").atMost(LIMIT).until(() -> withoutAnswer() > withoutAnswerBefore);
    }

    /** How many votes had no answer. */
    long withoutAnswer() {
        return history.counts().get(Told.NOTHING);
    }

    /** Those votes by status (0 is none at all), with how many and after how many milliseconds. */
    String withoutAnswerByStatus() {
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

    /** For this long, whatever happens. */
    void lasts(Duration time) {
        Awaitility.await().pollDelay(time).atMost(time.plus(LIMIT)).until(() -> true);
    }

    /** Until at least so many ballots wait to be recorded. */
    void untilBallotsWait(long ballots) {
        try (Jedis redis = parts.redis().connect()) {
            Awaitility.await("ballots that wait").atMost(LIMIT).until(() -> redis.xlen(RedisNames.BALLOTS) >= ballots);
        }
    }
}
