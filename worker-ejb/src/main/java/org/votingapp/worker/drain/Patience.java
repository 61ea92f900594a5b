package org.votingapp.worker.drain;

import java.time.Duration;
import java.time.InstantSource;
import org.votingapp.worker.stream.EntryId;

/**
 * Tells whether an entry may still wait for its poll or its option to be registered.
 *
 * <p>It waits from the time in its id, which Redis' clock gave (seconds between that clock and ours do not matter), but
 * not from before this worker could drain: while a store is away, no worker can take it or register its poll. An id
 * that is as far in the future was not given by a clock, and would never grow old: its entry does not wait. Thread-safe.
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

    /** A store was away a moment ago: whoever waits does so from now. */
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
