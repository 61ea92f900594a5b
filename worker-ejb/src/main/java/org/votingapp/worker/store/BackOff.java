package org.votingapp.worker.store;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: twice as long after each failure, up to a limit, with jitter.
 *
 * <p>The jitter takes up to half off, so that loops which lost a store at one moment do not all return at another. Used
 * by one thread.
 */
public final class BackOff {

    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final RandomGenerator random;
    private long ceilingMillis = FIRST.toMillis();

    /** @param random gives the jitter */
    public BackOff(RandomGenerator random) {
        this.random = random;
    }

    /** The time to wait after one more failure; never longer than 5 s. */
    public Duration next() {
        long wait = ceilingMillis - random.nextLong(ceilingMillis / 2 + 1);
        ceilingMillis = Math.min(2 * ceilingMillis, LONGEST.toMillis());
        return Duration.ofMillis(wait);
    }

    /** All is well: the next failure is a first one. */
    public void reset() {
        ceilingMillis = FIRST.toMillis();
    }
}
