package org.votingapp.result.follow;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The follower's source of time, which a test can replace.
 *
 * @param clock tells whether the poll is open, and gives ids
 * @param nanos measures time, as {@link System#nanoTime}
 * @param pause lets time pass
 */
record FollowerTime(Clock clock, LongSupplier nanos, Pause pause) {

    /** Waits. */
    @FunctionalInterface
    interface Pause {

        void of(Duration duration) throws InterruptedException;
    }

    /** This machine's time. */
    static FollowerTime real(Clock clock) {
        return new FollowerTime(clock, System::nanoTime, duration -> TimeUnit.NANOSECONDS.sleep(duration.toNanos()));
    }

    long now() {
        return nanos.getAsLong();
    }
}
