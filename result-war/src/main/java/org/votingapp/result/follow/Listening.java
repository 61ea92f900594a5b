package org.votingapp.result.follow;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Keeps an ear on the store: opens it, waits with it, and opens another one when it is lost.
 *
 * <p>Not thread-safe.
 */
final class Listening implements AutoCloseable {

    private final Notifications.Opener opener;
    private final Backoff backoff;
    private final StateLog state;
    private final LongSupplier nanoTime;
    private final CountDownLatch stopped;

    private Optional<Notifications> ear = Optional.empty();
    private long openAt;

    Listening(
            Notifications.Opener opener,
            Backoff backoff,
            StateLog state,
            LongSupplier nanoTime,
            CountDownLatch stopped) {
        this.opener = opener;
        this.backoff = backoff;
        this.state = state;
        this.nanoTime = nanoTime;
        this.stopped = stopped;
        this.openAt = nanoTime.getAsLong();
    }

    /** Whether changes are told at the moment. */
    boolean isOpen() {
        return ear.isPresent();
    }

    /**
     * Waits until told of a change, until the time is over, or until the follower is stopped.
     *
     * @return whether there may be a change: it was told, or it may have been missed before listening began
     */
    boolean await(Duration atMost) throws InterruptedException {
        try {
            if (ear.isPresent()) {
                return ear.get().await(atMost);
            }
            long untilOpen = openAt - nanoTime.getAsLong();
            if (untilOpen > 0) {
                stopped.await(Math.min(untilOpen, atMost.toNanos()), TimeUnit.NANOSECONDS);
                return false;
            }
            ear = Optional.of(opener.open());
            backoff.succeeded();
            state.well();
            return true;
        } catch (SQLException lost) {
            close();
            openAt = nanoTime.getAsLong() + backoff.failed().toNanos();
            state.failed(lost);
            return false;
        }
    }

    @Override
    public void close() {
        ear.ifPresent(Notifications::close);
        ear = Optional.empty();
    }
}
