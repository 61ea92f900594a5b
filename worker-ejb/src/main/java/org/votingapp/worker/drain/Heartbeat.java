package org.votingapp.worker.drain;

import java.time.Duration;

/** When a loop last showed that it lives. Thread-safe. */
public final class Heartbeat {

    private volatile long beatNanos = System.nanoTime();

    /** The loop lives. */
    public void beat() {
        beatNanos = System.nanoTime();
    }

    /** How long ago it last did. */
    public Duration age() {
        return Duration.ofNanos(System.nanoTime() - beatNanos);
    }
}
