package org.votingapp.result.follow;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The time by which the follower goes.
 *
 * @param clock tells whether the poll is open, and gives ids
 * @param nanos measures, as {@link System#nanoTime}
 * @param pause lets time pass
 */
record Time(Clock clock, LongSupplier nanos, Pause pause) {

    /** Waits. */
    @FunctionalInterface
    interface Pause {

        void of(Duration duration) throws InterruptedException;
    }

    /** The time of this machine. */
    static Time real(Clock clock) {
        return new Time(clock, System::nanoTime, duration -> TimeUnit.NANOSECONDS.sleep(duration.toNanos()));
    }

    long now() {
        return nanos.getAsLong();
    }
}
