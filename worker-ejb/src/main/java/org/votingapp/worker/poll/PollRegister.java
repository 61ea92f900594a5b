package org.votingapp.worker.poll;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;

import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollChangeRule;
import org.votingapp.poll.PollOption;
import org.votingapp.poll.PollRefusedException;
import org.votingapp.poll.RegisteredPoll;
import org.votingapp.worker.store.StoreAwayException;

/** Writes the configured poll into Postgres, and reads all that are there. Each method is one transaction. */
@Stateless
public class PollRegister {

    /** The advisory lock by which workers that start together register one after the other. */
    private static final long LOCK = 0x766f74696e67L;
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

    @PersistenceContext
    private EntityManager entities;

    /**
     * Makes or updates the poll, its options, and a tally of zero for each option that has none.
     *
     * @param unrecorded votes for the poll that wait to be recorded
     * @return what changed about a registered poll, in a line; empty where nothing did
     * @throws PollRefusedException where the rule does not allow it; then nothing changes
     */
    public Optional<String> register(Poll poll, PollChangeRule rule, long unrecorded)
            throws StoreAwayException, PollRefusedException {
        try {
            entities.createNativeQuery("SELECT 1 FROM (SELECT pg_advisory_xact_lock(?1)) AS locked")
                    .setParameter(1, LOCK)
                    .getSingleResult();
            Optional<RegisteredPoll> before = find(poll.id()).map(registered -> registered.withUnrecorded(unrecorded));
            Optional<String> changes = before.isEmpty()
                    ? Optional.empty()
                    : rule.check(before.get(), poll, Instant.now()).line();
            boolean reopened = before.isPresent()
                    && !before.get().poll().closes().equals(poll.closes())
                    && takeBackFinal(poll.id());
            entities.merge(new PollEntity(poll));
            // Each row before those that refer to it.
            entities.flush();
            for (int position = 0; position < poll.options().size(); position++) {
                var option = poll.options().get(position);
                OptionKey key = new OptionKey(poll.id(), option.key());
                entities.merge(new OptionEntity(key, option.label(), position));
                entities.flush();
                if (entities.find(TallyEntity.class, key) == null) {
                    entities.persist(new TallyEntity(key));
                }
            }
            entities.flush();
            removeUnusedOptions(poll);
            return changes.map(line -> reopened ? line + "; its result is final no more" : line);
        } catch (PersistenceException failed) {
            throw StoreAwayException.postgres(failed);
        }
    }

    private boolean takeBackFinal(String pollId) {
        return entities.createNativeQuery("UPDATE poll SET final_at = NULL WHERE id = ?1 AND final_at IS NOT NULL")
                        .setParameter(1, pollId)
                        .executeUpdate()
                == 1;
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
            return find(pollId);
        } catch (PersistenceException failed) {
            throw StoreAwayException.postgres(failed);
        }
    }

    /** The same with its version. */
    public Optional<StoredPoll> stored(String pollId) throws StoreAwayException {
        try {
            // The version first: what changes meanwhile has a later one, and is published again.
            PollEntity poll = entities.find(PollEntity.class, pollId);
            return find(pollId)
                    .map(registered -> new StoredPoll(registered, poll.version().version()));
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

    /** Notes that Redis has this version of a poll, or a later one; the time is that of the first such call. */
    public void published(String pollId, long version) throws StoreAwayException {
        try {
            entities.createNativeQuery("UPDATE poll SET published_version = ?2, published_at = clock_timestamp()"
                            + " WHERE id = ?1 AND published_version < ?2")
                    .setParameter(1, pollId)
                    .setParameter(2, version)
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

    private Optional<RegisteredPoll> find(String pollId) {
        PollEntity poll = entities.find(PollEntity.class, pollId);
        if (poll == null) {
            return Optional.empty();
        }
        List<PollOption> options = entities.createQuery(
                        "SELECT o FROM OptionEntity o WHERE o.id.pollId = ?1 ORDER BY o.position, o.id.key",
                        OptionEntity.class)
                .setParameter(1, pollId)
                .getResultStream()
                .map(OptionEntity::option)
                .toList();
        Map<String, Long> votes = entities.createQuery(
                        "SELECT t FROM TallyEntity t WHERE t.id.pollId = ?1", TallyEntity.class)
                .setParameter(1, pollId)
                .getResultStream()
                .collect(toMap(TallyEntity::key, TallyEntity::votes));
        return Optional.of(new RegisteredPoll(poll.withOptions(options), votes, 0));
    }

    /** Removes options that are no longer configured, except those with votes. */
    private void removeUnusedOptions(Poll poll) {
        List<OptionEntity> options = entities.createQuery(
                        "SELECT o FROM OptionEntity o WHERE o.id.pollId = ?1", OptionEntity.class)
                .setParameter(1, poll.id())
                .getResultList();
        for (OptionEntity option : options) {
            if (poll.option(option.id().key()).isEmpty()) {
                // Locks the tally: a concurrent ballot waits, and afterwards the foreign key rejects it.
                TallyEntity tally = entities.find(TallyEntity.class, option.id(), LockModeType.PESSIMISTIC_WRITE);
                if (tally == null || tally.votes() == 0) {
                    if (tally != null) {
                        entities.remove(tally);
                        entities.flush();
                    }
                    entities.remove(option);
                }
            }
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

    /** All polls in Postgres, by id. */
    public Map<String, KnownPoll> polls() throws StoreAwayException {
        try {
            Map<String, SortedSet<String>> options = entities.createQuery(
                            "SELECT o FROM OptionEntity o", OptionEntity.class)
                    .setHint("jakarta.persistence.query.timeout", READING_MILLIS)
                    .getResultStream()
                    .map(OptionEntity::id)
                    .collect(
                            groupingBy(OptionKey::pollId, mapping(OptionKey::key, toCollection(TreeSet<String>::new))));
            return entities.createQuery("SELECT p FROM PollEntity p", PollEntity.class)
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
