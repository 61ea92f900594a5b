package org.votingapp.worker.poll;

import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.Query;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import org.votingapp.worker.store.StoreAwayException;
import org.votingapp.worker.stream.StreamFacts;

/** Writes what organisers may know of the drain, each row only where it changed. Each method is one transaction. */
@Stateless
public class BooksRegister {

    /** So many rejected ballots are kept. */
    public static final int MOST_REJECTED = 1_000;

    private static final int LONGEST_TEXT = 300;

    /** Polls with votes whose books may still change: open ones, and closed ones until a minute after they are final. */
    private static final String MOVING = """
            SELECT p.id FROM poll p
            WHERE p.archived_at IS NULL AND p.ballots_deleted_at IS NULL
                AND (p.final_at IS NULL OR p.closes IS NULL OR p.final_at < p.closes OR p.final_at > now() - interval '1 minute')
                AND (p.opens IS NULL OR p.opens <= now())
            ORDER BY p.id
            """;

    /**
     * The votes of those polls at this minute. Votes only grow, so of two workers the later one writes last whatever it read; a worker
     * that stalled writes nothing.
     */
    private static final String PACE = """
            INSERT INTO vote_pace AS old (poll_id, minute, votes)
            SELECT t.poll_id, date_trunc('minute', now()), t.votes
            FROM (SELECT poll_id, CAST(sum(votes) AS bigint) AS votes FROM tally
                  WHERE poll_id = ANY(CAST(?1 AS text[])) GROUP BY poll_id) t
            WHERE t.votes > coalesce((SELECT max(p.votes) FROM vote_pace p WHERE p.poll_id = t.poll_id), 0)
            ORDER BY t.poll_id
            ON CONFLICT (poll_id, minute) DO UPDATE SET votes = excluded.votes WHERE old.votes < excluded.votes
            """;

    /** All older than two hours but the last one of each poll. */
    private static final String FORGET_PACE = """
            DELETE FROM vote_pace p
            WHERE p.poll_id = ANY(CAST(?1 AS text[])) AND p.minute < now() - interval '2 hours' AND EXISTS (
                SELECT FROM vote_pace later
                WHERE later.poll_id = p.poll_id AND later.minute > p.minute AND later.minute < now() - interval '2 hours')
            """;

    /** The voters were read before the votes. */
    private static final String BOOKS = """
            INSERT INTO poll_books AS old (poll_id, voters, votes)
            SELECT r.poll_id, r.voters,
                coalesce((SELECT CAST(sum(t.votes) AS bigint) FROM tally t WHERE t.poll_id = r.poll_id), 0)
            FROM unnest(CAST(?1 AS text[]), CAST(?2 AS bigint[])) AS r (poll_id, voters)
            ORDER BY r.poll_id
            ON CONFLICT (poll_id) DO UPDATE SET voters = excluded.voters, votes = excluded.votes, changed_at = now()
                WHERE (old.voters, old.votes) <> (excluded.voters, excluded.votes)
            """;

    private static final String TOTALS = """
            INSERT INTO ballot_books AS old (accepted, recorded, duplicate, rejected, pending, delay_millis)
            VALUES (?1, (SELECT coalesce(CAST(sum(votes) AS bigint), 0) FROM tally), ?2, ?3, ?4, CAST(?5 AS bigint))
            ON CONFLICT (one) DO UPDATE SET accepted = excluded.accepted, recorded = excluded.recorded,
                duplicate = excluded.duplicate, rejected = excluded.rejected, pending = excluded.pending,
                delay_millis = coalesce(excluded.delay_millis, old.delay_millis), changed_at = now()
                WHERE (old.accepted, old.recorded, old.duplicate, old.rejected, old.pending)
                    <> (excluded.accepted, excluded.recorded, excluded.duplicate, excluded.rejected, excluded.pending)
                    OR excluded.delay_millis IS NOT NULL
            """;

    private static final String REJECTED = """
            INSERT INTO rejected_ballot (entry_id, poll_id, reason, rejected_at)
            SELECT r.entry_id, r.poll_id, r.reason, least(to_timestamp(r.millis / 1000e0), now())
            FROM unnest(CAST(?1 AS text[]), CAST(?2 AS text[]), CAST(?3 AS text[]), CAST(?4 AS bigint[]))
                AS r (entry_id, poll_id, reason, millis)
            ON CONFLICT (entry_id) DO NOTHING
            """;

    private static final String FORGET_REJECTED = """
            DELETE FROM rejected_ballot WHERE entry_id IN (
                SELECT entry_id FROM rejected_ballot ORDER BY rejected_at DESC, entry_id DESC OFFSET ?1)
            """;

    @PersistenceContext
    private EntityManager entities;

    /** The polls whose books may still change. */
    public List<String> moving() throws StoreAwayException {
        try {
            return ((List<?>) entities.createNativeQuery(MOVING).getResultList())
                    .stream().map(String.class::cast).toList();
        } catch (PersistenceException failed) {
            throw StoreAwayException.postgres(failed);
        }
    }

    /**
     * Writes how many votes polls have, and the books.
     *
     * @param voters the voters on record by poll
     * @param totals the ballots in Redis
     * @param delayMillis how long ballots had waited when they were recorded; none where none was
     */
    public void write(Map<String, Long> voters, StreamFacts.Totals totals, OptionalLong delayMillis)
            throws StoreAwayException {
        try {
            if (!voters.isEmpty()) {
                List<String> polls = List.copyOf(voters.keySet());
                String[] ids = polls.toArray(String[]::new);
                query(PACE).setParameter(1, ids).executeUpdate();
                query(FORGET_PACE).setParameter(1, ids).executeUpdate();
                query(BOOKS)
                        .setParameter(1, ids)
                        .setParameter(2, polls.stream().mapToLong(voters::get).toArray())
                        .executeUpdate();
            }
            query(TOTALS)
                    .setParameter(1, totals.accepted())
                    .setParameter(2, totals.duplicate())
                    .setParameter(3, totals.rejected())
                    .setParameter(4, totals.pending())
                    .setParameter(5, delayMillis.isPresent() ? Long.toString(delayMillis.getAsLong()) : null)
                    .executeUpdate();
        } catch (PersistenceException failed) {
            throw StoreAwayException.postgres(failed);
        }
    }

    /** Writes the ballots that were rejected last; those that are there stay. */
    public void writeRejected(List<StreamFacts.RejectedEntry> entries) throws StoreAwayException {
        try {
            query(REJECTED)
                    .setParameter(1, column(entries, entry -> entry.id().toString()))
                    .setParameter(2, column(entries, entry -> text(entry.poll())))
                    .setParameter(3, column(entries, entry -> text(entry.reason())))
                    .setParameter(
                            4,
                            entries.stream()
                                    .mapToLong(entry -> Math.max(0, entry.id().millis()))
                                    .toArray())
                    .executeUpdate();
            query(FORGET_REJECTED).setParameter(1, MOST_REJECTED).executeUpdate();
        } catch (PersistenceException failed) {
            throw StoreAwayException.postgres(failed);
        }
    }

    private Query query(String sql) {
        return entities.createNativeQuery(sql);
    }

    private static <T> String[] column(List<T> rows, Function<T, String> value) {
        return rows.stream().map(value).toArray(String[]::new);
    }

    /** What anybody may have written into Redis; Postgres takes no NUL. */
    private static String text(String any) {
        return any.substring(0, Math.min(LONGEST_TEXT, any.length())).replace('\0', ' ');
    }
}
