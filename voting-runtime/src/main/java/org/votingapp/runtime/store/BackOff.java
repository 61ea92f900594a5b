package org.votingapp.runtime.store;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: exponential back-off with jitter.
 *
 * <p>The wait doubles with each failure, up to a limit. The jitter takes up to half off, so that clients which lost a store
 * at the same moment do not all return at the same moment. Not thread-safe.
 */
public final class BackOff {

    private final long firstMillis;
    private final long longestMillis;
    private final RandomGenerator random;
    private long ceilingMillis;

    /**
     * @param first the longest wait after a first failure; at least 1 ms
     * @param longest the longest wait ever
     * @param random gives the jitter
     */
    public BackOff(Duration first, Duration longest, RandomGenerator random) {
        this.firstMillis = first.toMillis();
        this.longestMillis = longest.toMillis();
        this.random = random;
        this.ceilingMillis = firstMillis;
    }

    /** The wait after one more failure. */
    public Duration next() {
        long wait = ceilingMillis - random.nextLong(ceilingMillis / 2 + 1);
        ceilingMillis = Math.min(2 * ceilingMillis, longestMillis);
        return Duration.ofMillis(wait);
    }

    /** A try succeeded: the next failure counts as the first one. */
    public void reset() {
        ceilingMillis = firstMillis;
    }
}
