package org.votingapp.benchmarks.steps;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.votingapp.benchmarks.load.RecordedBallots;
import org.votingapp.stack.postgres.PostgresPart;

/** A poll whose result is final, with many ballots under pseudonyms; gone once it is closed. */
final class FinalPoll implements AutoCloseable {

    private static final AddedPolls POLLS = new AddedPolls("final-", 1);
    private static final String END = "UPDATE poll SET closes = now(), final_at = now() WHERE id = '%s'";

    private final PostgresPart postgres;

    FinalPoll(PostgresPart postgres, int ballots) throws SQLException, IOException {
        this.postgres = postgres;
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            POLLS.add(connection);
            new RecordedBallots(postgres).fill(id(), ballots, POLLS.pseudonyms(connection, 0)::of);
            statement.execute(END.formatted(id()));
        }
    }

    String id() {
        return POLLS.id(0);
    }

    @Override
    public void close() throws SQLException {
        try (Connection connection = postgres.connect()) {
            POLLS.remove(connection);
        }
    }
}
