package org.votingapp.worker.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;

/**
 * Whether each store did what it was asked when it was last used; says so in the log when that changes, and again, at most
 * once a minute, where a store fails for another reason than the one that was told last.
 *
 * <p>All loops of a server share it, so a store that goes away is one line and not one a loop or a try. The line says no
 * more than that it failed, and why: it may be there and refuse, such as a schema that is not ours. Thread-safe.
 */
@ApplicationScoped
public class StoreStates {

    private static final Logger LOG = Logger.getLogger(StoreStates.class.getName());

    private static final Duration TELL_AGAIN_AFTER = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final Map<Store, Failing> failing = new EnumMap<>(Store.class);

    /**
     * A store that failed and has not done what it was asked since.
     *
     * @param sinceMillis when it failed first
     * @param lastMillis when it failed last
     * @param last how it failed last
     * @param told the reason that was logged last
     * @param toldMillis when
     */
    private record Failing(long sinceMillis, long lastMillis, StoreAwayException last, String told, long toldMillis) {}

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
        String line = failure.getMessage();
        Failing before = failing.get(store);
        boolean tell = before == null
                || !line.equals(before.told()) && now - before.toldMillis() >= TELL_AGAIN_AFTER.toMillis();
        if (tell) {
            LOG.warning(() -> "%s failed: %s; %s".formatted(store.displayName(), line, store.consequence()));
        }
        failing.put(
                store,
                new Failing(
                        before == null ? now : before.sinceMillis(),
                        now,
                        failure,
                        tell ? line : before.told(),
                        tell ? now : before.toldMillis()));
    }

    /** How a store failed, where it did within so long and has not worked since. */
    public synchronized Optional<StoreAwayException> failureWithin(Duration time, Store store) {
        return Optional.ofNullable(failing.get(store))
                .filter(state -> clock.millis() - state.lastMillis() < time.toMillis())
                .map(Failing::last);
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
