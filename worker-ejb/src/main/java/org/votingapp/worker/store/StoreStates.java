package org.votingapp.worker.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.logging.Logger;

/**
 * Whether each store did what it was asked when it was last used; says so in the log when that changes, and only then.
 *
 * <p>All loops of a server share it, so a store that goes away is one line and not one a loop or a try. The line says no
 * more than that it failed, and why: it may be there and refuse, such as a schema that is not ours. Thread-safe.
 */
@ApplicationScoped
public class StoreStates {

    private static final Logger LOG = Logger.getLogger(StoreStates.class.getName());

    private final InstantSource clock;
    private final Map<Store, Failing> failing = new EnumMap<>(Store.class);

    /** When a store failed first and last, without doing what it was asked in between. */
    private record Failing(long sinceMillis, long lastMillis) {}

    /** States by the system's clock; every store counts as there until it is found away. */
    public StoreStates() {
        this(InstantSource.system());
    }

    StoreStates(InstantSource clock) {
        this.clock = clock;
    }

    /** A store failed. */
    public synchronized void away(StoreAwayException failure) {
        Store store = failure.store();
        long now = clock.millis();
        Failing before = failing.get(store);
        failing.put(store, new Failing(before == null ? now : before.sinceMillis(), now));
        if (before == null) {
            LOG.warning(() ->
                    "%s failed: %s; %s".formatted(store.displayName(), failure.getMessage(), store.consequence()));
        }
    }

    /** Whether a store failed within so long, and has not done what it was asked since. */
    public synchronized boolean hasFailedWithin(Duration time, Store store) {
        Failing state = failing.get(store);
        return state != null && clock.millis() - state.lastMillis() < time.toMillis();
    }

    /** A store did what it was asked. */
    public synchronized void there(Store store) {
        Failing ended = failing.remove(store);
        if (ended != null) {
            Duration gone = Duration.ofMillis(clock.millis() - ended.sinceMillis());
            LOG.info(() -> "%s works again after %d s".formatted(store.displayName(), gone.toSeconds()));
        }
    }
}
