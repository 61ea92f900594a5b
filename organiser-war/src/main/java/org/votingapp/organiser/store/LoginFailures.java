package org.votingapp.organiser.store;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.ArrayList;
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
        Duration pause = Duration.ZERO;
        List<String> subjects = new ArrayList<>();
        for (AttemptLimit limit : limits) {
            Duration more = pause(limit);
            pause = more.compareTo(pause) > 0 ? more : pause;
            subjects.add(limit.subject());
        }
        if (pause.isZero()) {
            entities.createNativeQuery("""
                            UPDATE login_failure SET failures = failures + 1, last_at = clock_timestamp()
                            WHERE subject = ANY (CAST(?1 AS text[]))""")
                    .setParameter(1, subjects.toArray(String[]::new))
                    .executeUpdate();
        }
        return pause;
    }

    private Duration pause(AttemptLimit limit) {
        entities.createNativeQuery("""
                        INSERT INTO login_failure (subject, failures, last_at) VALUES (?1, 0, clock_timestamp())
                        ON CONFLICT DO NOTHING""").setParameter(1, limit.subject()).executeUpdate();
        Object[] row = (Object[])
                entities.createNativeQuery("""
                        SELECT failures, CAST(1000 * extract(epoch FROM clock_timestamp() - last_at) AS bigint)
                        FROM login_failure WHERE subject = ?1 FOR UPDATE""").setParameter(1, limit.subject()).getSingleResult();
        return limit.pause(((Number) row[0]).intValue(), Duration.ofMillis(((Number) row[1]).longValue()));
    }

    /** Takes a try back that succeeded: all failures of these limits are forgotten, and one of the other. */
    public void succeeded(List<AttemptLimit> forgotten, AttemptLimit other) {
        entities.createNativeQuery("DELETE FROM login_failure WHERE subject = ANY (CAST(?1 AS text[]))")
                .setParameter(1, forgotten.stream().map(AttemptLimit::subject).toArray(String[]::new))
                .executeUpdate();
        entities.createNativeQuery("UPDATE login_failure SET failures = greatest(failures - 1, 0) WHERE subject = ?1")
                .setParameter(1, other.subject())
                .executeUpdate();
    }
}
