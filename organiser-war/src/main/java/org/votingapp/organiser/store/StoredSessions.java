package org.votingapp.organiser.store;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Log-ins and tokens of the API in Postgres, so that every organiser server knows each of them, also after a restart. Times are
 * Postgres' own: servers' clocks may differ.
 *
 * <p>Of a token it knows the SHA-256 alone. Thread-safe; a failure of Postgres is thrown as a {@code RuntimeException}.
 */
@Singleton
@Transactional
public class StoredSessions {

    /** More log-ins of one organiser end the oldest. */
    static final int MOST_OF_ONE = 20;

    /** A use is noted at most so often, in seconds. */
    private static final int NOTED = 30;

    @PersistenceContext
    private EntityManager entities;

    /** Keeps a new log-in; those that are too old go, and the oldest of an organiser who has too many. */
    public void begin(byte[] tokenHash, String organiser, boolean administrator, Duration idle, Duration longest) {
        entities.createNativeQuery("""
                        DELETE FROM organiser_session
                        WHERE begun_at < now() - make_interval(secs => ?1) OR used_at < now() - make_interval(secs => ?2)
                            OR token_hash IN (SELECT token_hash FROM organiser_session WHERE organiser = ?3
                                ORDER BY begun_at DESC OFFSET ?4)""")
                .setParameter(1, seconds(longest))
                .setParameter(2, seconds(idle))
                .setParameter(3, organiser)
                .setParameter(4, MOST_OF_ONE - 1)
                .executeUpdate();
        entities.createNativeQuery(
                        "INSERT INTO organiser_session (token_hash, organiser, administrator) VALUES (?1, ?2, ?3)")
                .setParameter(1, tokenHash)
                .setParameter(2, organiser)
                .setParameter(3, administrator)
                .executeUpdate();
    }

    /** Whose log-in it is, where it has not ended; notes its use. */
    public Optional<String> use(byte[] tokenHash, Duration idle, Duration longest) {
        Optional<Object[]> found = first(entities.createNativeQuery("""
                        SELECT organiser, used_at < now() - make_interval(secs => ?4) FROM organiser_session
                        WHERE token_hash = ?1 AND begun_at > now() - make_interval(secs => ?2)
                            AND used_at > now() - make_interval(secs => ?3)""")
                .setParameter(1, tokenHash)
                .setParameter(2, seconds(longest))
                .setParameter(3, seconds(idle))
                .setParameter(4, (double) NOTED)
                .getResultList());
        found.filter(row -> (boolean) row[1]).ifPresent(row -> note("organiser_session", tokenHash));
        return found.map(row -> (String) row[0]);
    }

    /** Whose token of the API it is, where it has not ended, and whether it was made for an administrator; notes its use. */
    public Optional<TokenOwner> useToken(byte[] tokenHash) {
        Optional<Object[]> found = first(entities.createNativeQuery("""
                        SELECT organiser, administrator, used_at IS NULL OR used_at < now() - make_interval(secs => ?2)
                        FROM api_token WHERE token_hash = ?1 AND expires_at > now()""")
                .setParameter(1, tokenHash)
                .setParameter(2, (double) NOTED)
                .getResultList());
        found.filter(row -> (boolean) row[2]).ifPresent(row -> note("api_token", tokenHash));
        return found.map(row -> new TokenOwner((String) row[0], (boolean) row[1]));
    }

    /**
     * The owner of a token of the API.
     *
     * @param organiser their name
     * @param administrator whether they were one when it was made
     */
    public record TokenOwner(String organiser, boolean administrator) {}

    /** Ends this log-in. */
    public void end(byte[] tokenHash) {
        entities.createNativeQuery("DELETE FROM organiser_session WHERE token_hash = ?1")
                .setParameter(1, tokenHash)
                .executeUpdate();
    }

    /** Ends all log-ins of an organiser. */
    public void endAll(String organiser) {
        entities.createNativeQuery("DELETE FROM organiser_session WHERE organiser = ?1")
                .setParameter(1, organiser)
                .executeUpdate();
    }

    /** The number of log-ins of an organiser. */
    public long count(String organiser) {
        return ((Number) entities.createNativeQuery("SELECT count(*) FROM organiser_session WHERE organiser = ?1")
                        .setParameter(1, organiser)
                        .getSingleResult())
                .longValue();
    }

    /** Asks for nothing but an answer: that the tables are there, and may be read. */
    public void probe() {
        entities.createNativeQuery(
                        "SELECT 1 FROM (VALUES (1)) AS one LEFT JOIN organiser_session ON false LEFT JOIN ballot_books ON false")
                .getSingleResult();
    }

    private void note(String table, byte[] tokenHash) {
        entities.createNativeQuery("UPDATE " + table + " SET used_at = now() WHERE token_hash = ?1")
                .setParameter(1, tokenHash)
                .executeUpdate();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }

    /** JPA's native queries have no type. */
    private static Optional<Object[]> first(List<?> rows) {
        return rows.stream().map(Object[].class::cast).findFirst();
    }
}
