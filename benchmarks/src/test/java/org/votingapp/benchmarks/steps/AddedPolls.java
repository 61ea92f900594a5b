package org.votingapp.benchmarks.steps;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.votingapp.poll.Pseudonyms;

/** Polls with three options that a step adds to the configured one, and removes in the end. */
record AddedPolls(String prefix, int number) {

    private static final String ADD = """
            INSERT INTO poll (id, question, revote) SELECT '%1$s' || n, 'Poll ' || n, 'final' FROM generate_series(0, %2$d) n;
            INSERT INTO poll_option (poll_id, key, label, position)
            SELECT '%1$s' || n, chr(97 + o), 'Option ' || o, o FROM generate_series(0, %2$d) n, generate_series(0, 2) o;
            INSERT INTO tally (poll_id, choice) SELECT poll_id, key FROM poll_option WHERE poll_id LIKE '%1$s%%'""";

    private static final String REMOVE = """
            DELETE FROM ballot WHERE poll_id LIKE '%1$s%%';
            DELETE FROM tally WHERE poll_id LIKE '%1$s%%';
            DELETE FROM poll_option WHERE poll_id LIKE '%1$s%%';
            DELETE FROM poll WHERE id LIKE '%1$s%%'""";

    /** Rows that are gone and not yet vacuumed would make the next step's readings slow. */
    private static final String CLEAN = "VACUUM (ANALYZE) ballot, tally, poll_option, poll";

    /** The id of one of them. */
    String id(int index) {
        return prefix + index;
    }

    /** What one of them calls its voters. */
    Pseudonyms pseudonyms(Connection postgres, int index) throws SQLException {
        try (Statement statement = postgres.createStatement();
                ResultSet row = statement.executeQuery("SELECT voter_key FROM poll WHERE id = '" + id(index) + "'")) {
            row.next();
            return Pseudonyms.withKey(UUID.fromString(row.getString(1)));
        }
    }

    void add(Connection postgres) throws SQLException {
        execute(postgres, ADD.formatted(prefix, number - 1));
    }

    void remove(Connection postgres) throws SQLException {
        execute(postgres, REMOVE.formatted(prefix));
        execute(postgres, CLEAN);
    }

    private static void execute(Connection postgres, String sql) throws SQLException {
        try (Statement statement = postgres.createStatement()) {
            statement.execute(sql);
        }
    }
}
