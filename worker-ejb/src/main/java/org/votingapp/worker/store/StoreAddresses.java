package org.votingapp.worker.store;

import org.votingapp.runtime.store.StoreAddress;

/**
 * Where the stores are, for whoever tells why one failed.
 *
 * @param redis where Redis is
 * @param postgres where Postgres is
 */
public record StoreAddresses(StoreAddress redis, StoreAddress postgres) {

    /** Where a store is. */
    public StoreAddress of(Store store) {
        return store == Store.REDIS ? redis : postgres;
    }
}
