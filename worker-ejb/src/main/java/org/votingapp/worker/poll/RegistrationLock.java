package org.votingapp.worker.poll;

import jakarta.persistence.EntityManager;

/** By it, workers change what is registered one after the other. */
final class RegistrationLock {

    private static final long LOCK = 0x766f74696e67L;

    private RegistrationLock() {}

    /** Waits until no other worker has it, and keeps it until the transaction ends. */
    static void take(EntityManager entities) {
        entities.createNativeQuery("SELECT 1 FROM (SELECT pg_advisory_xact_lock(?1)) AS locked")
                .setParameter(1, LOCK)
                .getSingleResult();
    }
}
