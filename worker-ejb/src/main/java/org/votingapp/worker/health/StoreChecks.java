package org.votingapp.worker.health;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.votingapp.runtime.health.Finding;
import org.votingapp.runtime.health.TimedCheck;
import org.votingapp.worker.store.Store;
import org.votingapp.worker.store.StoreAddresses;
import org.votingapp.worker.store.StoreStates;

/**
 * Makes the checks of the stores: a store is ready where it answers and the drain did not just fail to use it.
 *
 * <p>A check only reads. That a store cannot be written, the drain finds.
 */
@Singleton
class StoreChecks {

    private static final Duration LIMIT = Duration.ofSeconds(2);
    /**
     * Longer than the time between two tries of the drain, with their time-outs. An older failure says nothing: another worker
     * may have drained since.
     */
    private static final Duration RECENT = Duration.ofSeconds(40);

    @Resource
    private ManagedExecutorService executor;

    private final StoreStates states;
    private final StoreAddresses addresses;

    @Inject
    StoreChecks(StoreStates states, StoreAddresses addresses) {
        this.states = states;
        this.addresses = addresses;
    }

    /** A check that asks this question. */
    TimedCheck check(Store store, Callable<Finding> question) {
        return new TimedCheck(executor, LIMIT, addresses.of(store), () -> {
            Finding finding = question.call();
            return recentFailure(store)
                    .filter(reason -> finding.up())
                    .map(reason -> Finding.down("it answers, but the drain failed to use it: " + reason))
                    .orElse(finding);
        });
    }

    /** Why the drain failed to use the store just now; empty where it did not. */
    Optional<String> recentFailure(Store store) {
        return states.failureWithin(RECENT, store).map(addresses.of(store)::reason);
    }
}
