package org.votingapp.result.follow;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollOption;
import org.votingapp.poll.RevoteRule;

/**
 * Reads tallies from Postgres, with one statement, so that all counts are of one moment.
 *
 * <p>The cost is that of an indexed row an option, however many ballots there are.
 */
@ApplicationScoped
public class PostgresTallySource implements TallySource {

    private static final String TALLY = """
            SELECT p.question, p.revote, p.opens, p.closes, o.key, o.label, coalesce(t.votes, 0)
            FROM poll p
            JOIN poll_option o ON o.poll_id = p.id
            LEFT JOIN tally t ON t.poll_id = o.poll_id AND t.choice = o.key
            WHERE p.id = ?1
            ORDER BY o.position, o.key""";

    @PersistenceContext
    private EntityManager entities;

    @Override
    @Transactional
    public Optional<Reading> read(String pollId) {
        List<?> rows = entities.createNativeQuery(TALLY).setParameter(1, pollId).getResultList();
        return rows.isEmpty() ? Optional.empty() : Optional.of(reading(pollId, rows));
    }

    private static Reading reading(String pollId, List<?> rows) {
        List<PollOption> options = new ArrayList<>();
        List<Long> votes = new ArrayList<>();
        for (Object row : rows) {
            Object[] column = (Object[]) row;
            options.add(new PollOption((String) column[4], (String) column[5]));
            votes.add(((Number) column[6]).longValue());
        }
        Object[] first = (Object[]) rows.get(0);
        RevoteRule revote = RevoteRule.valueOf(((String) first[1]).toUpperCase(Locale.ROOT));
        Poll poll = new Poll(pollId, (String) first[0], options, revote, time(first[2]), time(first[3]));
        return new Reading(poll, votes);
    }

    private static Optional<Instant> time(Object column) {
        return Optional.ofNullable((Timestamp) column).map(Timestamp::toInstant);
    }
}
