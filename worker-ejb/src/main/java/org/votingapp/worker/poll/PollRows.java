package org.votingapp.worker.poll;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollOption;
import org.votingapp.poll.RegisteredPoll;

/** Reads and writes the rows of polls, their options and their tallies within the caller's transaction. */
final class PollRows {

    private final EntityManager entities;

    PollRows(EntityManager entities) {
        this.entities = entities;
    }

    /** A poll with its votes. */
    Optional<RegisteredPoll> find(String pollId) {
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

    /** All polls with their votes, by three queries. */
    Map<PollEntity, RegisteredPoll> all() {
        Map<String, List<PollOption>> options = entities.createQuery(
                        "SELECT o FROM OptionEntity o ORDER BY o.position, o.id.key", OptionEntity.class)
                .getResultStream()
                .collect(groupingBy(OptionEntity::pollId, mapping(OptionEntity::option, toList())));
        Map<String, Map<String, Long>> votes = entities.createQuery("SELECT t FROM TallyEntity t", TallyEntity.class)
                .getResultStream()
                .collect(groupingBy(TallyEntity::pollId, toMap(TallyEntity::key, TallyEntity::votes)));
        return entities.createQuery("SELECT p FROM PollEntity p", PollEntity.class)
                .getResultStream()
                .collect(toMap(
                        poll -> poll,
                        poll -> new RegisteredPoll(
                                poll.withOptions(options.getOrDefault(poll.id(), List.of())),
                                votes.getOrDefault(poll.id(), Map.of()),
                                0)));
    }

    /** Writes polls whose entities were merged: their options, and a tally of zero for each option that has none. */
    void writeOptions(Collection<Poll> polls) {
        // Each row before those that refer to it.
        entities.flush();
        for (Poll poll : polls) {
            for (int position = 0; position < poll.options().size(); position++) {
                PollOption option = poll.options().get(position);
                entities.merge(new OptionEntity(new OptionKey(poll.id(), option.key()), option.label(), position));
            }
        }
        entities.flush();
        for (Poll poll : polls) {
            for (PollOption option : poll.options()) {
                OptionKey key = new OptionKey(poll.id(), option.key());
                if (entities.find(TallyEntity.class, key) == null) {
                    entities.persist(new TallyEntity(key));
                }
            }
        }
        entities.flush();
        polls.forEach(this::removeUnusedOptions);
    }

    /** Removes options that are no longer among the poll's, except those with votes. */
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

    /** Takes back that a poll's result is final; whether it was. */
    boolean takeBackFinal(String pollId) {
        return entities.createNativeQuery("UPDATE poll SET final_at = NULL WHERE id = ?1 AND final_at IS NOT NULL")
                        .setParameter(1, pollId)
                        .executeUpdate()
                == 1;
    }
}
