package org.votingapp.runtime.store;

import java.util.Optional;

/** Says in words what a store's own error means. One implementation a store. */
@FunctionalInterface
public interface FailureWords {

    /**
     * Looks at one exception, not at its causes.
     *
     * @param failure what was thrown
     * @param store where, and who we are there
     * @return words that may be public: no message of the driver, no class name; empty where the error is none of this store
     */
    Optional<String> of(Throwable failure, StoreAddress store);
}
