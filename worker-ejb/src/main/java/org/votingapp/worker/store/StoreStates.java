package org.votingapp.worker.store;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.votingapp.runtime.store.FailureLog;

/**
 * Whether each store worked when it was last used.
 *
 * <p>All loops of a server share it, so that an outage is two lines in the log ({@link FailureLog}), however many tries fail.
 * Thread-safe.
 */
@Singleton
public class StoreStates {

    private static final Logger LOG = Logger.getLogger(StoreStates.class.getName());

    private final InstantSource clock;
    private final Map<Store, FailureLog> logs;
    private final Map<Store, Failure> failures = new EnumMap<>(Store.class);

    /** How a store failed last, and when. */
    private record Failure(StoreAwayException reason, long atMillis) {}

    /** Every store counts as working until it first fails. */
    public StoreStates() {
        this(InstantSource.system());
    }

    StoreStates(InstantSource clock) {
        this.clock = clock;
        this.logs = Arrays.stream(Store.values()).collect(Collectors.toMap(Function.identity(), this::log));
    }

    private FailureLog log(Store store) {
        return new FailureLog(
                LOG, store.displayName() + " failed", store.consequence(), store.displayName() + " works again", clock);
    }

    /** A store failed. */
    public synchronized void failed(StoreAwayException reason) {
        failures.put(reason.store(), new Failure(reason, clock.millis()));
        logs.get(reason.store()).failed(reason.getMessage());
    }

    /** A store worked. */
    public synchronized void works(Store store) {
        failures.remove(store);
        logs.get(store).works();
    }

    /** How a store failed last, where that was within this time and it has not worked since. */
    public synchronized Optional<StoreAwayException> failureWithin(Duration time, Store store) {
        return Optional.ofNullable(failures.get(store))
                .filter(failure -> clock.millis() - failure.atMillis() < time.toMillis())
                .map(Failure::reason);
    }
}
