package org.votingapp.worker.drain;

import java.time.Duration;
import java.time.InstantSource;
import org.votingapp.worker.stream.EntryId;

/**
 * Tells whether an entry may still wait for its poll or its option to be registered.
 *
 * <p>An entry's age is by the time in its id, which Redis' clock gave; seconds between that clock and ours do not matter.
 * An id that is as far in the future was not given by a clock, and would never grow old: its entry does not wait.
 */
final class Patience {

    private final Duration longest;
    private final InstantSource clock;

    /**
     * @param longest how long an entry may wait
     * @param clock the time now
     */
    Patience(Duration longest, InstantSource clock) {
        this.longest = longest;
        this.clock = clock;
    }

    /** Whether the entry is young enough to wait. */
    boolean isLeftFor(EntryId entry) {
        // The time in an id is unsigned.
        return entry.millis() >= 0 && Math.abs(clock.millis() - entry.millis()) < longest.toMillis();
    }
}
