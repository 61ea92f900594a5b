package org.votingapp.result.follow;

import java.time.Duration;

/**
 * When to read the tally: at once when told of a change, but not more often than every {@link #LEAST_GAP}; and every
 * {@link #POLL_EVERY} without being told, in case a notification was lost.
 *
 * <p>A change that comes within the gap is read when the gap ends, so the last one is never left out. Times are those of
 * {@link System#nanoTime}. Not thread-safe.
 */
final class Pace {

    /** Readings are at least this far apart. */
    static final Duration LEAST_GAP = Duration.ofMillis(100);
    /** Readings are at most this far apart. */
    static final Duration POLL_EVERY = Duration.ofSeconds(1);

    private boolean told = true;
    private long earliest;
    private long latest;

    /** Begins with a reading that is due now. */
    Pace(long now) {
        this.earliest = now;
        this.latest = now;
    }

    /** A change was announced. */
    void told() {
        told = true;
    }

    /** Whether to read now. */
    boolean due(long now) {
        return untilDue(now).isZero();
    }

    /** How long until a reading is due, as things stand. */
    Duration untilDue(long now) {
        return Duration.ofNanos(Math.max(0, (told ? earliest : latest) - now));
    }

    /** A reading begins: what is announced from here on needs another. */
    void reading(long now) {
        told = false;
        earliest = now + LEAST_GAP.toNanos();
        latest = now + POLL_EVERY.toNanos();
    }

    /** The reading failed: the next one is due after a pause, whatever is announced until then. */
    void failed(long now, Duration pause) {
        told = true;
        earliest = now + pause.toNanos();
        latest = earliest;
    }
}
