package org.votingapp.organiser.store;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;

/**
 * The people whom an OpenID provider knows, as they were at their last log-in. Thread-safe; a failure of Postgres is thrown as a
 * {@code RuntimeException}.
 */
@Singleton
@Transactional
public class OrganiserIdentities {

    /** After so long without a log-in, their tokens of the API prove nothing. */
    static final int SEEN_WITHIN_DAYS = 30;

    @PersistenceContext
    private EntityManager entities;

    /** Notes a log-in. */
    public void loggedIn(String name, String issuer, String subject, String displayName, boolean administrator) {
        entities.createNativeQuery("""
                        INSERT INTO organiser_identity (name, issuer, subject, display_name, administrator)
                        VALUES (?1, ?2, ?3, ?4, ?5)
                        ON CONFLICT (name) DO UPDATE SET display_name = excluded.display_name,
                            administrator = excluded.administrator, logged_in_at = now()""")
                .setParameter(1, name)
                .setParameter(2, issuer)
                .setParameter(3, subject)
                .setParameter(4, displayName)
                .setParameter(5, administrator)
                .executeUpdate();
    }

    /** Ends the sessions and tokens of somebody who may not log in any more. */
    public void refused(String name) {
        for (String table : new String[] {"organiser_session", "api_token"}) {
            entities.createNativeQuery("DELETE FROM " + table + " WHERE organiser = ?1")
                    .setParameter(1, name)
                    .executeUpdate();
        }
    }
}
