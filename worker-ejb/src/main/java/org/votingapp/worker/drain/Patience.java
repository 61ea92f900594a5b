package org.votingapp.worker.drain;

import java.time.Duration;
import java.time.InstantSource;
import org.votingapp.worker.stream.EntryId;

/**
 * Tells whether an entry may still wait for its poll or its option to be registered.
 *
 * <p>The wait begins at the time in the entry's id, which is Redis' clock; some seconds between the clocks do not matter. It begins
 * no earlier than this worker could drain: while a store fails, no worker can register a poll. An id from the far future was made
 * up by a writer and would never grow old, so its entry does not wait. Thread-safe.
 */
final class Patience {

    private final Duration longest;
    private final InstantSource clock;
    private volatile long sinceMillis;

    /**
     * Begins now.
     *
     * @param longest how long an entry may wait
     * @param clock the time now
     */
    Patience(Duration longest, InstantSource clock) {
        this.longest = longest;
        this.clock = clock;
        beginAgain();
    }

    /** A store failed: all waits begin now. */
    void beginAgain() {
        sinceMillis = clock.millis();
    }

    /** Whether the entry may go on waiting. */
    boolean isLeftFor(EntryId entry) {
        long now = clock.millis();
        // The time in an id is unsigned.
        boolean byAClock = entry.millis() >= 0 && entry.millis() - now < longest.toMillis();
        return byAClock && now - Math.max(entry.millis(), sinceMillis) < longest.toMillis();
    }
}
