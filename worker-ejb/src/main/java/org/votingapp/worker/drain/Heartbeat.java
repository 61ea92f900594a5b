package org.votingapp.worker.drain;

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

    Heartbeat(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        beat();
    }

    /** The loop lives. */
    public void beat() {
        beatNanos = nanoTime.getAsLong();
    }

    /** How long ago it last did. */
    public Duration age() {
        return Duration.ofNanos(nanoTime.getAsLong() - beatNanos);
    }
}
