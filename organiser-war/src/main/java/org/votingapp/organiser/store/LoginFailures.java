package org.votingapp.organiser.store;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;

/**
 * Counts failed log-ins in Postgres, for all organiser servers together. A try counts as a failure before its password is
 * looked at, so many at once gain nothing; one that succeeds is taken back. Thread-safe.
 */
@Singleton
@Transactional
public class LoginFailures {

    @PersistenceContext
    private EntityManager entities;

    /**
     * Counts a try, unless one of the limits makes it wait.
     *
     * @param limits always in the same order of their kinds, since each locks a row
     * @return how long to wait; zero where the try may go on
     */
    public Duration begin(List<AttemptLimit> limits) {
        entities.createNativeQuery("DELETE FROM login_failure WHERE last_at < now() - make_interval(secs => ?1)")
                .setParameter(1, (double) AttemptLimit.FORGOTTEN.toSeconds())
                .executeUpdate();
        for (AttemptLimit limit : limits) {
            Duration pause = pause(limit);
            if (!pause.isZero()) {
                // No row for the others: who has to wait fills no table with made-up names.
                return pause;
            }
        }
        entities.createNativeQuery("""
                        UPDATE login_failure SET failures = failures + 1, last_at = clock_timestamp()
                        WHERE subject = ANY (CAST(?1 AS text[]))""")
                .setParameter(1, limits.stream().map(AttemptLimit::subject).toArray(String[]::new))
                .executeUpdate();
        return Duration.ZERO;
    }

    private Duration pause(AttemptLimit limit) {
        // One statement: between two, a log-in that succeeds at the same time could take the row away.
        Object[] row = (Object[])
                entities.createNativeQuery("""
                        WITH locked AS (
                            INSERT INTO login_failure AS old (subject, failures, last_at) VALUES (?1, 0, clock_timestamp())
                            ON CONFLICT (subject) DO UPDATE SET failures = old.failures RETURNING failures, last_at
                        )
                        SELECT failures, CAST(1000 * extract(epoch FROM clock_timestamp() - last_at) AS bigint)
                        FROM locked""").setParameter(1, limit.subject()).getSingleResult();
        return limit.pause(((Number) row[0]).intValue(), Duration.ofMillis(((Number) row[1]).longValue()));
    }

    /**
     * Takes a try back that succeeded.
     *
     * @param lessened one failure of it is forgotten; the first of those of {@link #begin}, so that its row is locked first again
     * @param forgotten all failures of these are
     */
    public void succeeded(AttemptLimit lessened, List<AttemptLimit> forgotten) {
        entities.createNativeQuery("UPDATE login_failure SET failures = greatest(failures - 1, 0) WHERE subject = ?1")
                .setParameter(1, lessened.subject())
                .executeUpdate();
        for (AttemptLimit limit : forgotten) {
            entities.createNativeQuery("DELETE FROM login_failure WHERE subject = ?1")
                    .setParameter(1, limit.subject())
                    .executeUpdate();
        }
    }
}
