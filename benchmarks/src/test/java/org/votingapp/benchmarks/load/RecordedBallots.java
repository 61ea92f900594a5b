package org.votingapp.benchmarks.load;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;
import org.votingapp.poll.VoterId;
import org.votingapp.stack.postgres.PostgresPart;

/**
 * Fills Postgres with ballots as if a worker had recorded them until now: voters in the order in which they voted, each within a
 * minute after arriving, as many in a second as one vote server takes.
 */
public final class RecordedBallots {

    private static final int IN_A_SECOND = 25_000;
    private static final String COPY = "COPY ballot (poll_id, voter_id, choice, entry_id, cast_at) FROM STDIN";
    private static final String COUNT =
            "UPDATE tally SET votes = votes + ? WHERE poll_id = ? AND choice = CAST(? AS text)";

    private final PostgresPart postgres;
    private final SplittableRandom random = new SplittableRandom();

    public RecordedBallots(PostgresPart postgres) {
        this.postgres = postgres;
    }

    /**
     * Adds this many ballots to a poll and its tally, every second one for the first option.
     *
     * @param names what the poll calls a voter
     */
    public void fill(String poll, int ballots, UnaryOperator<VoterId> names) throws SQLException, IOException {
        try (Connection connection = postgres.connect();
                PreparedStatement count = connection.prepareStatement(COUNT)) {
            copy(connection, poll, ballots, names);
            for (String choice : new String[] {"a", "b"}) {
                count.setInt(1, choice.equals("a") ? ballots - ballots / 2 : ballots / 2);
                count.setString(2, poll);
                count.setString(3, choice);
                count.executeUpdate();
            }
        }
        // As autovacuum and the checkpointer would after some time.
        try (Connection superuser = postgres.connectAsSuperuser();
                Statement statement = superuser.createStatement()) {
            statement.execute("VACUUM (ANALYZE) ballot, tally");
            statement.execute("CHECKPOINT");
        }
    }

    private void copy(Connection connection, String poll, int ballots, UnaryOperator<VoterId> names)
            throws SQLException, IOException {
        long begin = System.currentTimeMillis() - ballots * 1_000L / IN_A_SECOND;
        try (Writer rows = new BufferedWriter(new OutputStreamWriter(
                new PGCopyOutputStream(connection.unwrap(PGConnection.class), COPY), StandardCharsets.US_ASCII))) {
            for (int ballot = 0; ballot < ballots; ballot++) {
                long cast = begin + ballot * 1_000L / IN_A_SECOND;
                VoterId voter = VoterId.newcomer(cast - random.nextInt(BallotFiller.VOTE_WITHIN_MILLIS), random);
                rows.append(poll).append('\t');
                rows.append(names.apply(voter).toUuid().toString()).append('\t');
                rows.append(ballot % 2 == 0 ? "a" : "b").append('\t');
                rows.append(String.valueOf(cast))
                        .append('-')
                        .append(String.valueOf(ballot))
                        .append('\t');
                rows.append(Instant.ofEpochMilli(cast).toString()).append('\n');
            }
        }
    }
}
