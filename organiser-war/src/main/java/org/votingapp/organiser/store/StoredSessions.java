package org.votingapp.organiser.store;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
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

    private static final String OWNER = """
            SELECT t.organiser, t.administrator, t.used_at IS NULL OR t.used_at < now() - make_interval(secs => ?2),
                i.issuer, i.display_name, i.administrator, i.logged_in_at > now() - make_interval(days => ?3)
            FROM %s AS t LEFT JOIN organiser_identity AS i ON i.name = t.organiser
            WHERE t.token_hash = ?1
            """;

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
    public Optional<TokenOwner> use(byte[] tokenHash, Duration idle, Duration longest) {
        return owner(
                "organiser_session",
                tokenHash,
                entities.createNativeQuery(OWNER.formatted("organiser_session") + """
                        AND t.begun_at > now() - make_interval(secs => ?4) AND t.used_at > now() - make_interval(secs => ?5)""")
                        .setParameter(4, seconds(longest))
                        .setParameter(5, seconds(idle)));
    }

    /** Whose token of the API it is, where it has not ended; notes its use. */
    public Optional<TokenOwner> useToken(byte[] tokenHash) {
        return owner(
                "api_token",
                tokenHash,
                entities.createNativeQuery(OWNER.formatted("api_token") + "AND t.expires_at > now()"));
    }

    private Optional<TokenOwner> owner(String table, byte[] tokenHash, Query query) {
        Optional<Object[]> found = first(query.setParameter(1, tokenHash)
                .setParameter(2, (double) NOTED)
                .setParameter(3, OrganiserIdentities.SEEN_WITHIN_DAYS)
                .getResultList());
        found.filter(row -> (boolean) row[2]).ifPresent(row -> note(table, tokenHash));
        return found.map(row -> new TokenOwner((String) row[0], (boolean) row[1], identity(row)));
    }

    private static Optional<KnownIdentity> identity(Object... row) {
        return Optional.ofNullable((String) row[3])
                .map(issuer -> new KnownIdentity(issuer, (String) row[4], (boolean) row[5], (boolean) row[6]));
    }

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

    /** The number of log-ins of an organiser that have not ended. */
    public long count(String organiser, Duration idle, Duration longest) {
        return ((Number) entities.createNativeQuery("""
                                SELECT count(*) FROM organiser_session WHERE organiser = ?1
                                AND begun_at > now() - make_interval(secs => ?2) AND used_at > now() - make_interval(secs => ?3)""")
                        .setParameter(1, organiser)
                        .setParameter(2, seconds(longest))
                        .setParameter(3, seconds(idle))
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
