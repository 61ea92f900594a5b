package org.votingapp.worker.books;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.votingapp.worker.record.Recorded;
import org.votingapp.worker.stream.EntryId;

/**
 * How long ballots had waited when they were recorded: from the time in their entry's id, which Redis' clock gave, by the same clock.
 * Thread-safe.
 */
@Singleton
public class TallyDelay {

    private static final long NONE = -1;

    private final AtomicLong longest = new AtomicLong(NONE);
    private volatile Duration ahead = Duration.ZERO;

    /** Redis' clock says this now. */
    void redisTime(Instant redis, Instant here) {
        ahead = Duration.between(here, redis);
    }

    /** Ballots were recorded just now. A ballot that came again is not of this moment. */
    public void recorded(Recorded recorded) {
        if (recorded.stored() > 0 && recorded.redelivered() == 0) {
            long oldest =
                    recorded.counted().stream().mapToLong(EntryId::millis).min().orElse(Long.MAX_VALUE);
            noted(Instant.now(), oldest);
        }
    }

    /** @param cast when the oldest of them was cast, in milliseconds since 1970 */
    void noted(Instant now, long cast) {
        long delay = now.plus(ahead).toEpochMilli() - cast;
        // A writer may make up an id.
        if (cast > 0 && delay >= 0) {
            longest.accumulateAndGet(delay, Math::max);
        }
    }

    /** The longest since this was asked last, in milliseconds; none where nothing was recorded. */
    OptionalLong take() {
        long millis = longest.getAndSet(NONE);
        return millis == NONE ? OptionalLong.empty() : OptionalLong.of(millis);
    }
}
