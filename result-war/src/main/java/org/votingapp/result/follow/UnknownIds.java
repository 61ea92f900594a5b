package org.votingapp.result.follow;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The ids of polls, or the codes of rooms, that the store did not have a moment ago, so that asking again does not cost another
 * lookup. Thread-safe.
 */
final class UnknownIds {

    static final Duration KEPT = Duration.ofSeconds(5);
    /** Bounds the memory that clients can take by making ids up. */
    static final int MOST = 10_000;

    private final LongSupplier nanoTime;
    private final Map<String, Long> sinceNanos = new LinkedHashMap<>() {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST;
        }
    };

    UnknownIds(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    synchronized void add(String id) {
        sinceNanos.remove(id);
        sinceNanos.put(id, nanoTime.getAsLong());
    }

    /** Forgets it, since it may be there now. */
    synchronized void remove(String id) {
        sinceNanos.remove(id);
    }

    synchronized boolean contains(String id) {
        Long since = sinceNanos.get(id);
        return since != null && nanoTime.getAsLong() - since < KEPT.toNanos();
    }
}
