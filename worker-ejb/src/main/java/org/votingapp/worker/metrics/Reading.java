package org.votingapp.worker.metrics;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A value that is read in the background from a store that may be away; it is gone once it is ten seconds old.
 * Thread-safe.
 */
final class Reading<T> implements Runnable {

    private static final Logger LOG = Logger.getLogger(Reading.class.getName());
    private static final long KEPT_NANOS = Duration.ofSeconds(10).toNanos();

    private final Callable<T> source;

    private volatile Optional<T> value = Optional.empty();
    private volatile long readNanos;

    Reading(Callable<T> source) {
        this.source = source;
    }

    /** Reads it anew; after a failure the last value grows old. */
    @Override
    public void run() {
        try {
            T read = source.call();
            readNanos = System.nanoTime();
            value = Optional.of(read);
        } catch (Exception away) {
            // The drain tells in the log that a store is away; who reads the value sees that there is none.
            LOG.log(Level.FINE, "No new totals", away);
        } catch (Error serious) {
            // Whoever throws is never run again by the scheduler; when memory is there again, so are the totals.
            LOG.log(Level.WARNING, "No new totals", serious);
        }
    }

    /** The value, if one was read within the last ten seconds. */
    Optional<T> fresh() {
        return System.nanoTime() - readNanos < KEPT_NANOS ? value : Optional.empty();
    }
}
