package org.votingapp.web;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;
import org.votingapp.runtime.store.Reason;

/**
 * Tells the log what clients can bring about as often as they like: the first time, and then once a minute at most. Each
 * message is one line of bounded length. Thread-safe.
 */
public final class RefusalLog {

    private static final long PAUSE = Duration.ofMinutes(1).toNanos();

    private final Logger log;
    private final AtomicLong nextNanos = new AtomicLong(System.nanoTime());

    /** @param log where it is told */
    public RefusalLog(Logger log) {
        this.log = log;
    }

    /**
     * Warns, unless it did within the last minute.
     *
     * @param format with {@code %s} for what clients sent
     * @param sent what clients sent, which may be anything
     */
    public void warn(String format, String... sent) {
        long now = System.nanoTime();
        long next = nextNanos.get();
        if (now - next >= 0 && nextNanos.compareAndSet(next, now + PAUSE)) {
            Object[] readable = new Object[sent.length];
            for (int i = 0; i < sent.length; i++) {
                readable[i] = Reason.line(sent[i]);
            }
            log.warning(format.formatted(readable));
        }
    }
}
