package org.votingapp.worker.drain;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells loops to end, and ends their waiting. Thread-safe; given once. */
public final class StopSignal {

    private final CountDownLatch given = new CountDownLatch(1);

    /** All loops shall end. */
    public void give() {
        given.countDown();
    }

    /** Whether it was given. */
    public boolean isGiven() {
        return given.getCount() == 0;
    }

    /** Waits for so long, or until it is given; an interrupt counts as a wish to stop. */
    public void await(Duration longest) {
        try {
            given.await(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            give();
        }
    }
}
