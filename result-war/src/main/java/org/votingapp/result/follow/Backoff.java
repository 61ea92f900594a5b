package org.votingapp.result.follow;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after each failure: from {@link #FIRST} doubling to {@link #LONGEST}, less up to half by chance, so
 * that many servers do not come back at the same moment. Not thread-safe.
 */
final class Backoff {

    /** The pause after a first failure, before chance. */
    static final Duration FIRST = Duration.ofMillis(100);
    /** The longest pause. */
    static final Duration LONGEST = Duration.ofSeconds(1);

    private final RandomGenerator random;
    private Duration next = FIRST;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** The pause after one more failure. */
    Duration failed() {
        Duration full = next;
        next = full.multipliedBy(2).compareTo(LONGEST) < 0 ? full.multipliedBy(2) : LONGEST;
        return full.minusMillis(random.nextLong(full.toMillis() / 2 + 1));
    }

    /** It went well: the next failure is a first one. */
    void succeeded() {
        next = FIRST;
    }
}
