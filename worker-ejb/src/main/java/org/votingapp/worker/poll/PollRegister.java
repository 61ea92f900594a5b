package org.votingapp.worker.poll;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;

import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.votingapp.poll.Hours;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollChangeRule;
import org.votingapp.poll.PollRefusedException;
import org.votingapp.poll.PollSource;
import org.votingapp.poll.RegisteredPoll;
import org.votingapp.poll.ResultsRule;
import org.votingapp.worker.store.StoreAwayException;

/** Writes the configured poll into Postgres, and reads all that are there. Each method is one transaction. */
@Stateless
public class PollRegister {

    /** The longest that a query for all options or all polls may take; a recording waits for both (server.xml). */
    private static final int READING_MILLIS = 2_000;

    /** Where two workers finish a poll at once, the second one waits for the first, and changes nothing. */
    private static final String FINISH = """
            WITH finished AS (
                UPDATE poll SET final_at = CAST(?3 AS timestamptz)
                WHERE id = ?1 AND closes = CAST(?2 AS timestamptz) AND (final_at IS NULL OR final_at < closes)
                RETURNING id
            ), told AS (
                SELECT pg_notify('tally', id) FROM finished
            )
            SELECT count(*) FROM told
            """;

    private static final String VOTES_BY_POLL = """
            SELECT t.poll_id, CAST(sum(t.votes) AS bigint)
            FROM tally t JOIN poll p ON p.id = t.poll_id
            WHERE p.ballots_deleted_at IS NULL
            GROUP BY t.poll_id
            """;

    private static final String VOTES_ON_STAGE = """
            SELECT t.poll_id, CAST(sum(t.votes) AS bigint)
            FROM tally t
            WHERE t.poll_id IN (SELECT stage FROM room WHERE archived_at IS NULL AND deleted_at IS NULL)
            GROUP BY t.poll_id ORDER BY 2 DESC, 1
            """;

    /**
     * An organiser opens and closes polls by Postgres' clock, and Redis' clock decides. While Redis' is behind, it takes votes for a
     * poll that is closed by Postgres': that poll's version is not in effect.
     */
    private static final String PUBLISHED = """
            UPDATE poll SET published_version = ?2, published_at = clock_timestamp()
            WHERE id = ?1 AND published_version < ?2
                AND (opens IS NULL OR opens > clock_timestamp() OR opens <= CAST(?3 AS timestamptz))
                AND (closes IS NULL OR closes > clock_timestamp() OR closes <= CAST(?3 AS timestamptz))
            """;

    @PersistenceContext
    private EntityManager entities;

    private PollRows rows() {
        return new PollRows(entities);
    }

    /**
     * Makes or updates the poll, its options, and a tally of zero for each option that has none. Hours that an organiser gave it
     * stand as long as configuration gives the same as before.
     *
     * @param configured the poll as configured
     * @param results who sees its result when
     * @param unrecorded votes for the poll that wait to be recorded
     * @return what changed about a registered poll, in a line; empty where nothing did
     * @throws PollRefusedException where the rule does not allow it; then nothing changes
     */
    public Optional<String> register(Poll configured, ResultsRule results, PollChangeRule rule, long unrecorded)
            throws StoreAwayException, PollRefusedException {
        try {
            RegistrationLock.take(entities);
            Poll poll = configured;
            Optional<RegisteredPoll> before =
                    rows().find(configured.id()).map(registered -> registered.withUnrecorded(unrecorded));
            List<String> changes = new ArrayList<>();
            boolean reopened = false;
            if (before.isPresent()) {
                PollEntity entity = entities.find(PollEntity.class, configured.id());
                poll = configured.withHours(
                        configured.hours().unlessSteered(before.get().poll().hours(), entity.configured()));
                rule.checkReopening(before.get(), poll, entity.ballotsDeleted(), Instant.now());
                ResultsRule earlier = entity.results();
                rule.check(before.get(), poll, Instant.now()).line().ifPresent(changes::add);
                rule.checkResults(before.get(), earlier, results, PollSource.SETTINGS)
                        .ifPresent(changes::add);
                if (configured.hours().endSteering(before.get().poll().hours(), entity.configured())) {
                    changes.add(Hours.STEERING_ENDS);
                }
                reopened = !before.get().poll().closes().equals(poll.closes()) && rows().takeBackFinal(poll.id());
            }
            entities.merge(new PollEntity(poll, results, configured.hours()));
            rows().writeOptions(List.of(poll));
            if (reopened) {
                changes.add("its result is final no more");
            }
            return changes.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", changes));
        } catch (PersistenceException failed) {
            throw StoreAwayException.postgres(failed);
        }
    }

    /**
     * Makes the result of a closed poll final, and tells the result servers.
     *
     * @param closes when the poll closed
     * @param now after that
     * @return whether it did; not where it is final, or where the poll closes at another time by now
     */
    public boolean finish(String pollId, Instant closes, Instant now) throws StoreAwayException {
        try {
            Object finished = entities.createNativeQuery(FINISH)
                    .setParameter(1, pollId)
                    .setParameter(2, closes.toString())
                    .setParameter(3, now.toString())
                    .getSingleResult();
            return ((Number) finished).intValue() == 1;
        } catch (PersistenceException failed) {
            throw StoreAwayException.postgres(failed);
        }
    }

    /** A poll as it is registered; empty where it is not. */
    public Optional<RegisteredPoll> registered(String pollId) throws StoreAwayException {
        try {
            return rows().find(pollId);
        } catch (PersistenceException failed) {
            throw StoreAwayException.postgres(failed);
        }
    }

    /** The same with its version. */
    public Optional<StoredPoll> stored(String pollId) throws StoreAwayException {
        try {
            // The version first: what changes meanwhile has a later one, and is published again.
            PollEntity poll = entities.find(PollEntity.class, pollId);
            return rows().find(pollId)
                    .map(registered -> new StoredPoll(
                            registered,
                            poll.definition(registered.poll()),
                            poll.version().version(),
                            poll.configured()));
        } catch (PersistenceException failed) {
            throw StoreAwayException.postgres(failed);
        }
    }

    /** How far each poll has come. */
    public List<PollVersion> versions() throws StoreAwayException {
        try {
            return entities.createQuery("SELECT p FROM PollEntity p", PollEntity.class)
                    .setHint("jakarta.persistence.query.timeout", READING_MILLIS)
                    .getResultStream()
                    .map(PollEntity::version)
                    .toList();
        } catch (PersistenceException failed) {
            throw StoreAwayException.postgres(failed);
        }
    }

    /**
     * Notes that Redis has this version of a poll, or a later one, unless {@link #PUBLISHED its clock} keeps that from being in
     * effect; the time is that of the first such call.
     *
     * @param redis what Redis' clock says
     */
    public void published(String pollId, long version, Instant redis) throws StoreAwayException {
        try {
            entities.createNativeQuery(PUBLISHED)
                    .setParameter(1, pollId)
                    .setParameter(2, version)
                    .setParameter(3, redis.toString())
                    .executeUpdate();
        } catch (PersistenceException failed) {
            throw StoreAwayException.postgres(failed);
        }
    }

    /** Gives a poll the version after this one, unless it has a later one. */
    public void overtake(String pollId, long version) throws StoreAwayException {
        try {
            entities.createNativeQuery("UPDATE poll SET version = ?2 + 1 WHERE id = ?1 AND version <= ?2")
                    .setParameter(1, pollId)
                    .setParameter(2, version)
                    .executeUpdate();
        } catch (PersistenceException failed) {
            throw StoreAwayException.postgres(failed);
        }
    }

    /** The number of ballots that count, in all polls. */
    public long votes() throws StoreAwayException {
        try {
            Object votes = entities.createNativeQuery("SELECT CAST(coalesce(sum(votes), 0) AS bigint) FROM tally")
                    .getSingleResult();
            return ((Number) votes).longValue();
        } catch (PersistenceException failed) {
            throw StoreAwayException.postgres(failed);
        }
    }

    /** The number of ballots that count, by poll; without polls whose ballots are deleted. */
    public Map<String, Long> votesByPoll() throws StoreAwayException {
        return votesByPoll(VOTES_BY_POLL, Integer.MAX_VALUE);
    }

    /**
     * The number of ballots that count, by poll, in the polls on the stages of rooms.
     *
     * @param most of so many polls, those with the most
     */
    public Map<String, Long> votesOnStage(int most) throws StoreAwayException {
        return votesByPoll(VOTES_ON_STAGE, most);
    }

    private Map<String, Long> votesByPoll(String query, int most) throws StoreAwayException {
        try {
            List<?> rows = entities.createNativeQuery(query)
                    .setHint("jakarta.persistence.query.timeout", READING_MILLIS)
                    .setMaxResults(most)
                    .getResultList();
            return rows.stream()
                    .map(Object[].class::cast)
                    .collect(toMap(row -> (String) row[0], row -> ((Number) row[1]).longValue()));
        } catch (PersistenceException failed) {
            throw StoreAwayException.postgres(failed);
        }
    }

    /** All polls in Postgres whose ballots are kept, by id. A ballot for another one would count a voter twice. */
    public Map<String, KnownPoll> polls() throws StoreAwayException {
        try {
            Map<String, SortedSet<String>> options = entities.createQuery(
                            "SELECT o FROM OptionEntity o", OptionEntity.class)
                    .setHint("jakarta.persistence.query.timeout", READING_MILLIS)
                    .getResultStream()
                    .map(OptionEntity::id)
                    .collect(
                            groupingBy(OptionKey::pollId, mapping(OptionKey::key, toCollection(TreeSet<String>::new))));
            return entities.createQuery("SELECT p FROM PollEntity p WHERE p.ballotsDeleted IS NULL", PollEntity.class)
                    .setHint("jakarta.persistence.query.timeout", READING_MILLIS)
                    .getResultStream()
                    .map(poll ->
                            new KnownPoll(poll.id(), poll.revote(), options.getOrDefault(poll.id(), new TreeSet<>())))
                    .collect(Collectors.toUnmodifiableMap(KnownPoll::id, Function.identity()));
        } catch (PersistenceException failed) {
            throw StoreAwayException.postgres(failed);
        }
    }
}
