package org.votingapp.runtime.health;

import java.time.Duration;
import java.util.function.LongSupplier;

/** When a loop last showed that it lives. Thread-safe. */
public final class Heartbeat {

    private final LongSupplier nanoTime;
    private volatile long beatNanos;

    /** Begins with a beat. */
    public Heartbeat() {
        this(System::nanoTime);
    }

    /** @param nanoTime measures time as {@link System#nanoTime}, so that a clock that is set back does no harm */
    public Heartbeat(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        beat();
    }

    /** The loop lives. */
    public void beat() {
        beatNanos = nanoTime.getAsLong();
    }

    /** The time since the last beat. */
    public Duration age() {
        return Duration.ofNanos(nanoTime.getAsLong() - beatNanos);
    }
}
