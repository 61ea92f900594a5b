package org.votingapp.result.follow;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollOption;
import org.votingapp.poll.RevoteRule;

/**
 * Reads tallies from Postgres, with one statement, so that all counts are of one moment.
 *
 * <p>The cost is that of an indexed row an option, however many ballots there are. How long it waits is for the data
 * source's time-outs to say.
 */
@ApplicationScoped
public class PostgresTallySource implements TallySource {

    private static final String TALLY = """
            SELECT p.question, p.language, p.revote, p.opens, p.closes, o.key, o.label, coalesce(t.votes, 0) AS votes
            FROM poll p
            JOIN poll_option o ON o.poll_id = p.id
            LEFT JOIN tally t ON t.poll_id = o.poll_id AND t.choice = o.key
            WHERE p.id = ?
            ORDER BY o.position, o.key""";

    // Not shareable: a thread that never ends would otherwise not give its connection back to the pool.
    @Resource(lookup = "jdbc/tallies", shareable = false)
    private DataSource tallies;

    @Override
    public Optional<Reading> read(String pollId) throws SQLException {
        try (Connection connection = tallies.getConnection();
                PreparedStatement tally = connection.prepareStatement(TALLY)) {
            tally.setString(1, pollId);
            try (ResultSet row = tally.executeQuery()) {
                return row.next() ? Optional.of(reading(pollId, row)) : Optional.empty();
            }
        }
    }

    /** What the rows say, from the one at hand on: each has the poll, and one of its options. */
    private static Reading reading(String pollId, ResultSet row) throws SQLException {
        String question = row.getString("question");
        String language = row.getString("language");
        RevoteRule revote = RevoteRule.valueOf(row.getString("revote").toUpperCase(Locale.ROOT));
        Optional<Instant> opens = time(row, "opens");
        Optional<Instant> closes = time(row, "closes");
        List<PollOption> options = new ArrayList<>();
        List<Long> votes = new ArrayList<>();
        do {
            options.add(new PollOption(row.getString("key"), row.getString("label")));
            votes.add(row.getLong("votes"));
        } while (row.next());
        return new Reading(new Poll(pollId, question, language, options, revote, opens, closes), votes);
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
