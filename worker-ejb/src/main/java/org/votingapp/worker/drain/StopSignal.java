package org.votingapp.worker.drain;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells loops to stop, and ends their waits. Given once. Thread-safe. */
final class StopSignal {

    private final CountDownLatch given = new CountDownLatch(1);

    /** All loops shall stop. */
    void give() {
        given.countDown();
    }

    /** Whether it was given. */
    boolean isGiven() {
        return given.getCount() == 0;
    }

    /** Waits until it is given, but no longer than this; an interrupt gives it. */
    void await(Duration longest) {
        try {
            given.await(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            give();
        }
    }
}
