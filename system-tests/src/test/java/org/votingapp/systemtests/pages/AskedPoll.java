package org.votingapp.systemtests.pages;

import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.votingapp.stack.LocalStack;
import org.votingapp.systemtests.shared.Count;

/**
 * Another question in Postgres under the stack's poll, so that the result server renders it as its own. The worker and the
 * vote server keep the old one: nobody votes meanwhile. {@link #close} puts the old one back.
 */
final class AskedPoll implements AutoCloseable {

    private static final String ID = "cats-vs-dogs";

    private final LocalStack stack;
    private final Poll before;
    private Poll asked;

    /** An option with its votes. */
    record Choice(String key, String label, long votes) {}

    /** A poll with its tally. */
    record Poll(String question, Optional<Instant> opens, Optional<Instant> closes, List<Choice> choices) {

        /** Open, and closing in an hour. */
        static Poll open(String question, List<Choice> choices) {
            Instant closes = Instant.now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
            return new Poll(question, Optional.empty(), Optional.of(closes), choices);
        }
    }

    /** Keeps the poll as it is, to put it back. */
    AskedPoll(LocalStack stack) throws SQLException {
        this.stack = stack;
        this.before = read();
        this.asked = before;
    }

    /** Replaces the poll in one transaction, of which the result server is notified. */
    void ask(Poll poll) throws SQLException {
        try (Connection connection = stack.postgres().connect()) {
            connection.setAutoCommit(false);
            update(connection, "DELETE FROM tally WHERE poll_id = ?", ID);
            update(connection, "DELETE FROM poll_option WHERE poll_id = ?", ID);
            update(
                    connection,
                    "UPDATE poll SET question = ?, opens = ?, closes = ? WHERE id = ?",
                    poll.question(),
                    poll.opens().map(Timestamp::from).orElse(null),
                    poll.closes().map(Timestamp::from).orElse(null),
                    ID);
            int position = 0;
            for (Choice choice : poll.choices()) {
                update(
                        connection,
                        "INSERT INTO poll_option (poll_id, key, label, position) VALUES (?, ?, ?, ?)",
                        ID,
                        choice.key(),
                        choice.label(),
                        position++);
                update(
                        connection,
                        "INSERT INTO tally (poll_id, choice, votes) VALUES (?, ?, ?)",
                        ID,
                        choice.key(),
                        choice.votes());
            }
            connection.createStatement().execute("NOTIFY tally, '" + ID + "'");
            connection.commit();
            asked = poll;
        }
    }

    /** Waits until the result server has read the newest question, its options and times. */
    void awaitShown() {
        await().atMost(Duration.ofSeconds(10)).until(() -> isShown(asked));
    }

    private boolean isShown(Poll poll) throws IOException, InterruptedException {
        JsonObject shown = new Count(stack).results();
        return shown.get("question").getAsString().equals(poll.question())
                && time(shown, "opens").equals(poll.opens())
                && time(shown, "closes").equals(poll.closes())
                && shown.getAsJsonArray("options").size() == poll.choices().size();
    }

    private static Optional<Instant> time(JsonObject tally, String member) {
        return Optional.ofNullable(tally.get(member)).map(time -> Instant.parse(time.getAsString()));
    }

    private Poll read() throws SQLException {
        try (Connection connection = stack.postgres().connect();
                PreparedStatement statement = connection.prepareStatement("""
                        SELECT question, opens, closes, key, label, coalesce(votes, 0) AS votes
                        FROM poll JOIN poll_option o ON o.poll_id = id
                        LEFT JOIN tally t ON t.poll_id = id AND t.choice = key
                        WHERE id = ? ORDER BY o.position""")) {
            statement.setString(1, ID);
            try (ResultSet row = statement.executeQuery()) {
                List<Choice> choices = new ArrayList<>();
                Poll poll = new Poll("", Optional.empty(), Optional.empty(), choices);
                while (row.next()) {
                    choices.add(new Choice(row.getString("key"), row.getString("label"), row.getLong("votes")));
                    poll = new Poll(row.getString("question"), time(row, "opens"), time(row, "closes"), choices);
                }
                return poll;
            }
        }
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
    }

    private static void update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int at = 0; at < values.length; at++) {
                statement.setObject(at + 1, values[at]);
            }
            statement.executeUpdate();
        }
    }

    @Override
    public void close() throws SQLException {
        ask(before);
        awaitShown();
    }
}
