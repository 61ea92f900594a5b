package org.votingapp.worker.store;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
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

    private final LongSupplier nanoTime;
    private final Map<Store, FailureLog> logs;
    private final Map<Store, Failure> failures = new EnumMap<>(Store.class);

    /** How a store failed last, and when, as {@link System#nanoTime} tells it. */
    private record Failure(StoreAwayException reason, long atNanos) {}

    /** Every store counts as working until it first fails. */
    public StoreStates() {
        this(System::nanoTime);
    }

    StoreStates(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.logs = Arrays.stream(Store.values()).collect(Collectors.toMap(Function.identity(), this::log));
    }

    private FailureLog log(Store store) {
        return new FailureLog(
                LOG,
                store.displayName() + " failed",
                store.consequence(),
                store.displayName() + " works again",
                nanoTime);
    }

    /** A store failed. */
    public synchronized void failed(StoreAwayException reason) {
        failures.put(reason.store(), new Failure(reason, nanoTime.getAsLong()));
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
                .filter(failure -> nanoTime.getAsLong() - failure.atNanos() < time.toNanos())
                .map(Failure::reason);
    }
}
