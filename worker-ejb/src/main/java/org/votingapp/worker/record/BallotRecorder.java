package org.votingapp.worker.record;

import static jakarta.ejb.TransactionAttributeType.REQUIRES_NEW;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.Query;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.votingapp.poll.RevoteRule;
import org.votingapp.runtime.postgres.PostgresFailure;
import org.votingapp.worker.poll.KnownPoll;
import org.votingapp.worker.poll.PollCatalog;
import org.votingapp.worker.store.StoreAwayException;
import org.votingapp.worker.stream.EntryId;

/**
 * Records ballots in Postgres, in one transaction a call and usually in one statement.
 *
 * <p>Delivery is at least once. The primary key of {@code ballot} and its column {@code first_entry_id} make the effect exactly
 * once: of a voter's entries in a poll, the one that is recorded first counts, and Postgres keeps its id for ever. An entry that
 * is delivered again is therefore judged as it was the first time, by whichever worker. A changed choice keeps the first entry.
 *
 * <p>A choice may be changed where votes are changeable, or were when it was cast: its entry names the choice that it replaces.
 */
@Stateless
public class BallotRecorder {

    /** The longest that a statement may take. A transaction has two, and may read the polls twice: 30 s in all (server.xml). */
    private static final int STATEMENT_MILLIS = 10_000;

    /** In the year 5138. */
    private static final long LAST_MILLIS = 99_999_999_999_999L;

    /**
     * Stores ballots, moves the tally by what was stored, and tells the result servers, in one statement.
     *
     * <p>All workers lock rows in the same order, ballots by voter and poll, then tallies by poll and choice, so that they never
     * deadlock. ON CONFLICT DO UPDATE sees the newest committed row, so previous_choice is right even where another worker has
     * just changed it. A row without first_entry_id was inserted: an update always fills it. A row that is to be inserted carries
     * in previous_choice what its entry replaces, since ON CONFLICT sees nothing of an entry but the row.
     */
    private static final String STORE = """
            WITH stored AS (
                INSERT INTO ballot AS old (poll_id, voter_id, choice, previous_choice, entry_id, cast_at)
                SELECT sent.poll_id, sent.voter_id, sent.choice, sent.replaces, sent.entry_id,
                       -- The clock of Redis may be ahead, and a writer may make up an id. Neither is a reason to refuse a ballot.
                       least(to_timestamp(sent.entry_millis / 1000e0), now())
                FROM unnest(CAST(?1 AS text[]), CAST(?2 AS uuid[]), CAST(?3 AS text[]), CAST(?4 AS text[]), CAST(?5 AS bigint[]),
                            CAST(?6 AS text[]))
                     AS sent (poll_id, voter_id, choice, entry_id, entry_millis, replaces)
                ORDER BY sent.voter_id, sent.poll_id
                ON CONFLICT (poll_id, voter_id) DO UPDATE
                SET previous_choice = old.choice,
                    choice = excluded.choice,
                    first_entry_id = coalesce(old.first_entry_id, old.entry_id),
                    entry_id = excluded.entry_id,
                    cast_at = excluded.cast_at
                WHERE (excluded.previous_choice IS NOT NULL
                       OR (SELECT revote FROM poll WHERE id = excluded.poll_id) = 'changeable')
                  AND CAST(string_to_array(old.entry_id, '-') AS numeric[])
                    < CAST(string_to_array(excluded.entry_id, '-') AS numeric[])
                RETURNING poll_id, choice, previous_choice, first_entry_id IS NULL AS inserted
            ), alike AS (
                SELECT poll_id, choice, previous_choice, inserted, count(*) AS ballots FROM stored GROUP BY 1, 2, 3, 4
            ), moved (poll_id, choice, votes) AS (
                SELECT poll_id, choice, ballots FROM alike
                UNION ALL
                SELECT poll_id, previous_choice, -ballots FROM alike WHERE NOT inserted
            ), counted AS (
                INSERT INTO tally AS old (poll_id, choice, votes)
                SELECT poll_id, choice, sum(votes) FROM moved
                GROUP BY poll_id, choice HAVING sum(votes) <> 0
                ORDER BY poll_id, choice
                ON CONFLICT (poll_id, choice) DO UPDATE SET votes = old.votes + excluded.votes
                RETURNING poll_id
            ), told AS (
                SELECT pg_notify('tally', poll_id) FROM (SELECT DISTINCT poll_id FROM counted) AS changed
            )
            SELECT (SELECT coalesce(sum(ballots), 0) FROM alike WHERE inserted), (SELECT count(*) FROM told),
                   (SELECT string_agg(id, ',') FROM poll WHERE id IN (SELECT poll_id FROM counted) AND final_at >= closes)
            """;

    /** Tells which entries are the first ones of their voters in their polls. */
    private static final String FIRST_ENTRIES = """
            SELECT sent.entry_id
            FROM unnest(CAST(?1 AS text[]), CAST(?2 AS uuid[]), CAST(?3 AS text[])) AS sent (poll_id, voter_id, entry_id)
            JOIN ballot USING (poll_id, voter_id)
            WHERE coalesce(ballot.first_entry_id, ballot.entry_id) = sent.entry_id
            """;

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private PollCatalog catalog;

    @Inject
    private LateBallots late;

    /** As {@link Recorder#record}; where the commit fails, the container throws its own exception. */
    @TransactionAttribute(REQUIRES_NEW)
    public Recorded record(List<ReceivedBallot> ballots) throws BallotsRefusedException, StoreAwayException {
        List<ReceivedBallot> sent = onePerVoter(ballots);
        try {
            int stored = store(sent);
            if (stored == ballots.size()) {
                return new Recorded(idsThat(ballots, id -> true), List.of(), List.of(), stored);
            }
            Set<EntryId> first = stored == sent.size() ? ids(sent) : firstEntries(ballots);
            return new Recorded(
                    idsThat(ballots, first::contains), idsThat(ballots, id -> !first.contains(id)), List.of(), stored);
        } catch (PersistenceException failed) {
            throw translated(failed);
        }
    }

    /** What a failure of JPA or of the container means for the ballots; throws it where Postgres refused them. */
    static StoreAwayException translated(RuntimeException failed) throws BallotsRefusedException {
        if (PostgresFailure.isForItsData(failed)) {
            throw BallotsRefusedException.of(failed);
        }
        return StoreAwayException.postgres(failed);
    }

    private List<ReceivedBallot> onePerVoter(List<ReceivedBallot> ballots) throws StoreAwayException {
        Map<String, KnownPoll> recent = catalog.recent();
        List<ReceivedBallot> chosen = OnePerVoter.of(ballots, poll -> rule(recent, poll));
        if (chosen.size() == ballots.size()) {
            return chosen;
        }
        Set<ReceivedBallot> left = new HashSet<>(ballots);
        chosen.forEach(left::remove);
        if (left.stream().allMatch(ballot -> rule(recent, ballot.ballot().pollId()) == RevoteRule.CHANGEABLE)) {
            return chosen;
        }
        // Where the first vote is final, the script takes no second one: the operator may have made votes changeable a
        // moment
        // ago (POLL_ACCEPT_CHANGES), and voters were told that their new choice counts. That rule is in Postgres before
        // it is in Redis.
        Map<String, KnownPoll> latest = catalog.latest();
        return OnePerVoter.of(ballots, poll -> rule(latest, poll));
    }

    private static RevoteRule rule(Map<String, KnownPoll> polls, String pollId) {
        KnownPoll poll = polls.get(pollId);
        return poll == null ? RevoteRule.FINAL : poll.revote();
    }

    private int store(List<ReceivedBallot> ballots) {
        Object[] counts = (Object[]) query(STORE)
                .setParameter(1, column(ballots, ballot -> ballot.ballot().pollId()))
                .setParameter(2, column(ballots, BallotRecorder::voterAsUuid))
                .setParameter(3, column(ballots, ballot -> ballot.ballot().choice()))
                .setParameter(4, column(ballots, ballot -> ballot.id().toString()))
                .setParameter(
                        5,
                        ballots.stream().mapToLong(BallotRecorder::entryMillis).toArray())
                .setParameter(6, column(ballots, ballot -> ballot.replaces().orElse(null)))
                .getSingleResult();
        if (counts[2] != null) {
            Stream.of(((String) counts[2]).split(",")).forEach(late::recorded);
        }
        return ((Number) counts[0]).intValue();
    }

    private Set<EntryId> firstEntries(List<ReceivedBallot> ballots) {
        List<?> ids = query(FIRST_ENTRIES)
                .setParameter(1, column(ballots, ballot -> ballot.ballot().pollId()))
                .setParameter(2, column(ballots, BallotRecorder::voterAsUuid))
                .setParameter(3, column(ballots, ballot -> ballot.id().toString()))
                .getResultList();
        return ids.stream().map(id -> EntryId.parse((String) id)).collect(Collectors.toSet());
    }

    private Query query(String sql) {
        return entities.createNativeQuery(sql).setHint("jakarta.persistence.query.timeout", STATEMENT_MILLIS);
    }

    private static String[] column(List<ReceivedBallot> ballots, Function<ReceivedBallot, String> value) {
        return ballots.stream().map(value).toArray(String[]::new);
    }

    private static String voterAsUuid(ReceivedBallot ballot) {
        return ballot.ballot().voter().toUuid().toString();
    }

    /** The time in the id, limited to what to_timestamp takes. */
    private static long entryMillis(ReceivedBallot ballot) {
        long millis = ballot.id().millis();
        return millis < 0 ? LAST_MILLIS : Math.min(millis, LAST_MILLIS);
    }

    private static Set<EntryId> ids(List<ReceivedBallot> ballots) {
        return ballots.stream().map(ReceivedBallot::id).collect(Collectors.toCollection(HashSet::new));
    }

    private static List<EntryId> idsThat(List<ReceivedBallot> ballots, Predicate<EntryId> test) {
        Stream<EntryId> ids = ballots.stream().map(ReceivedBallot::id);
        return ids.filter(test).toList();
    }
}
