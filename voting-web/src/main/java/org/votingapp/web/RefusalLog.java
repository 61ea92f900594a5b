package org.votingapp.web;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;
import org.votingapp.runtime.store.Reason;

/**
 * Logs what a client can cause as often as it likes: the first time, and then at most once a minute. A message is one line
 * of bounded length. Thread-safe.
 */
public final class RefusalLog {

    private static final long PAUSE = Duration.ofMinutes(1).toNanos();

    private final Logger log;
    private final AtomicLong nextNanos = new AtomicLong(System.nanoTime());

    /** @param log gets the warnings */
    public RefusalLog(Logger log) {
        this.log = log;
    }

    /**
     * Logs a warning, unless it logged one within the last minute.
     *
     * @param format has a {@code %s} for each text of the client
     * @param sent the client's texts, which may hold anything
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
