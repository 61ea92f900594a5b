package org.votingapp.result.follow;

import java.time.Duration;

/**
 * When to read a poll's tally next:
 *
 * <ul>
 *   <li>at once after a notification, but at least {@link #LEAST_GAP} after the last reading;
 *   <li>without one, {@link #LONGEST_GAP} after the last reading, or {@link #LONGEST_GAP_HEARD} where notifications arrive, in
 *       case one was lost; a little earlier where other polls are read anyway, so that polls without changes come to be read
 *       together.
 * </ul>
 *
 * <p>A change within the gap is read when the gap ends, so the last change is always read. Times are those of
 * {@link System#nanoTime}. Not thread-safe.
 */
final class ReadSchedule {

    /** Readings are at least this far apart. */
    static final Duration LEAST_GAP = Duration.ofMillis(100);
    /** Readings are at most this far apart. */
    static final Duration LONGEST_GAP = Duration.ofSeconds(1);
    /** Readings are at most this far apart while notifications arrive; well below {@link TallyBoard#FRESH}. */
    static final Duration LONGEST_GAP_HEARD = Duration.ofSeconds(3);
    /** By so much a reading may be earlier. */
    static final Duration EARLY = Duration.ofMillis(200);

    private boolean changed = true;
    private long earliest;
    private long latest;

    /** Begins with a reading that is due now. */
    ReadSchedule(long now) {
        this.earliest = now;
        this.latest = now;
    }

    /** A notification told of a change. */
    void changed() {
        changed = true;
    }

    /** Whether to read now. */
    boolean isDue(long now) {
        return nanosUntilDue(now) <= 0;
    }

    /** Whether to read now where other polls are read anyway. */
    boolean isNearlyDue(long now) {
        return now >= earliest && (changed || latest - now <= EARLY.toNanos());
    }

    /** How long until a reading is due, without a further notification. */
    Duration untilDue(long now) {
        return Duration.ofNanos(Math.max(0, nanosUntilDue(now)));
    }

    /** The same in nanoseconds; below 0 where it is overdue. */
    long nanosUntilDue(long now) {
        return (changed ? earliest : latest) - now;
    }

    /**
     * A reading begins: a change that is notified from here on needs another one.
     *
     * @param heard whether notifications arrive
     */
    void reading(long now, boolean heard) {
        changed = false;
        earliest = now + LEAST_GAP.toNanos();
        latest = now + (heard ? LONGEST_GAP_HEARD : LONGEST_GAP).toNanos();
    }
}
