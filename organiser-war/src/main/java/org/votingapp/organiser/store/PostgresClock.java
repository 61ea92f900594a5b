package org.votingapp.organiser.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;

/** The clock by which polls are opened and closed: Postgres', so that all organiser servers have one. */
@ApplicationScoped
public class PostgresClock {

    @PersistenceContext(unitName = "organiser")
    private EntityManager entities;

    /**
     * The time now, in milliseconds. Not the time at which the transaction began: one that has waited for a lock would find what
     * the one before it opened still to come.
     */
    public Instant now() {
        Object millis = entities.createNativeQuery(
                        "SELECT CAST(floor(extract(epoch FROM clock_timestamp()) * 1000) AS bigint)")
                .getSingleResult();
        return Instant.ofEpochMilli(((Number) millis).longValue());
    }
}
