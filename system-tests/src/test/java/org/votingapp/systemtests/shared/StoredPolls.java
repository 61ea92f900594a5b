package org.votingapp.systemtests.shared;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.votingapp.stack.LocalStack;

/** Puts polls and rooms into a stack's Postgres, as an organiser would, with any number of votes. */
public final class StoredPolls {

    private final LocalStack stack;

    public StoredPolls(LocalStack stack) {
        this.stack = stack;
    }

    /** Puts in a poll that asks about cats and dogs, in a room or in none ({@code null}). */
    public void put(String pollId, String question, String room, String results) throws SQLException {
        try (Connection connection = stack.postgres().connect();
                PreparedStatement poll = connection.prepareStatement(
                        "INSERT INTO poll (id, question, revote, room_code, position, results) VALUES (?, ?, 'final', ?, 0, ?)");
                PreparedStatement options = connection.prepareStatement(
                        "INSERT INTO poll_option (poll_id, key, label, position) VALUES (?, 'a', 'Cats', 0), (?, 'b', 'Dogs', 1)")) {
            connection.setAutoCommit(false);
            poll.setString(1, pollId);
            poll.setString(2, question);
            poll.setString(3, room);
            poll.setString(4, results);
            poll.execute();
            options.setString(1, pollId);
            options.setString(2, pollId);
            options.execute();
            connection.commit();
        }
    }

    /** Sets its votes, and tells the result servers. */
    public void count(String pollId, long cats, long dogs) throws SQLException {
        execute("""
                INSERT INTO tally (poll_id, choice, votes) VALUES ('%1$s', 'a', %2$d), ('%1$s', 'b', %3$d)
                    ON CONFLICT (poll_id, choice) DO UPDATE SET votes = EXCLUDED.votes;
                SELECT pg_notify('tally', '%1$s')""".formatted(pollId, cats, dogs));
    }

    /** Takes its votes away: no ballots belong to most of them. */
    public void clear(String pollId) throws SQLException {
        execute("DELETE FROM tally WHERE poll_id = '%1$s'; DELETE FROM ballot WHERE poll_id = '%1$s'"
                .formatted(pollId));
    }

    /** Runs SQL. */
    public void execute(String sql) throws SQLException {
        try (Connection connection = stack.postgres().connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
