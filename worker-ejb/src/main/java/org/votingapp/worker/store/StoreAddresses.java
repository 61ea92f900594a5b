package org.votingapp.worker.store;

import org.votingapp.runtime.store.StoreAddress;

/**
 * The addresses of the stores, which say why a store failed.
 *
 * @param redis the address of Redis
 * @param postgres the address of Postgres
 */
public record StoreAddresses(StoreAddress redis, StoreAddress postgres) {

    /** The address of a store. */
    public StoreAddress of(Store store) {
        return store == Store.REDIS ? redis : postgres;
    }
}
