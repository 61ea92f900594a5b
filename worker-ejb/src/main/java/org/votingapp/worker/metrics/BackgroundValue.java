package org.votingapp.worker.metrics;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A value that a scheduler reads in the background, from a store that may fail; it expires after ten seconds. Thread-safe. */
final class BackgroundValue<T> implements Runnable {

    private static final Logger LOG = Logger.getLogger(BackgroundValue.class.getName());
    private static final long KEPT_NANOS = Duration.ofSeconds(10).toNanos();

    private final Callable<T> source;

    private volatile Optional<T> value = Optional.empty();
    private volatile long readNanos;

    BackgroundValue(Callable<T> source) {
        this.source = source;
    }

    /** Reads the value. After a failure the last one grows older. */
    @Override
    public void run() {
        try {
            T read = source.call();
            readNanos = System.nanoTime();
            value = Optional.of(read);
        } catch (Exception away) {
            // The drain logs that a store fails; readers of the value see that there is none.
            LOG.log(Level.FINE, "No new totals", away);
        } catch (Error serious) {
            // A scheduler drops a task that throws. The totals must come back once there is memory again.
            LOG.log(Level.WARNING, "No new totals", serious);
        }
    }

    /** The value, if it was read within the last ten seconds. */
    Optional<T> fresh() {
        return System.nanoTime() - readNanos < KEPT_NANOS ? value : Optional.empty();
    }
}
