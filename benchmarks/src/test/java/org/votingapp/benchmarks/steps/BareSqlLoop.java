package org.votingapp.benchmarks.steps;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.UUID;
import org.votingapp.benchmarks.load.BallotFiller;
import org.votingapp.poll.VoterId;
import org.votingapp.stack.postgres.PostgresPart;

/**
 * The upper limit of the drain: one connection that inserts batches of ballots, updates a tally and notifies, with one
 * statement and one transaction per batch. No Redis, no server, no check for duplicates.
 */
final class BareSqlLoop {

    /** The default of {@code WORKER_BATCH_SIZE}. */
    private static final int BATCH = 2_000;

    private static final String STORE = """
            WITH stored AS (
                INSERT INTO bare.ballot (poll_id, voter_id, choice, entry_id, cast_at)
                SELECT 'bare', voter, choice, entry, now()
                FROM unnest(?, ?, ?) AS sent (voter, choice, entry)
                ON CONFLICT DO NOTHING
                RETURNING choice
            ), counted AS (
                INSERT INTO bare.tally AS old (poll_id, choice, votes)
                SELECT 'bare', choice, count(*) FROM stored GROUP BY choice
                ON CONFLICT (poll_id, choice) DO UPDATE SET votes = old.votes + excluded.votes
                RETURNING poll_id
            )
            SELECT pg_notify('bare', poll_id) FROM counted GROUP BY poll_id""";

    private final PostgresPart postgres;
    private final SplittableRandom random = new SplittableRandom();

    BareSqlLoop(PostgresPart postgres) {
        this.postgres = postgres;
    }

    /** Stores this many ballots in tables like the worker's; returns ballots per second. */
    double rate(int ballots) throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS bare CASCADE");
            statement.execute("CREATE SCHEMA bare");
            statement.execute("CREATE TABLE bare.ballot (LIKE public.ballot INCLUDING ALL)");
            statement.execute("CREATE TABLE bare.tally (LIKE public.tally INCLUDING ALL)");
            connection.setAutoCommit(false);
            long began = System.nanoTime();
            try (PreparedStatement store = connection.prepareStatement(STORE)) {
                for (int from = 0; from < ballots; from += BATCH) {
                    store(connection, store, Math.min(BATCH, ballots - from));
                }
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            statement.execute("DROP SCHEMA bare CASCADE");
            connection.commit();
            return ballots / seconds;
        }
    }

    private void store(Connection connection, PreparedStatement store, int size) throws SQLException {
        UUID[] voters = new UUID[size];
        String[] choices = new String[size];
        String[] entries = new String[size];
        long now = System.currentTimeMillis();
        Arrays.setAll(
                voters,
                i -> VoterId.newcomer(now - random.nextInt(BallotFiller.VOTE_WITHIN_MILLIS), random)
                        .toUuid());
        Arrays.setAll(choices, i -> i % 2 == 0 ? "a" : "b");
        Arrays.setAll(entries, i -> "1700000000000-" + i);
        store.setArray(1, connection.createArrayOf("uuid", voters));
        store.setArray(2, connection.createArrayOf("text", choices));
        store.setArray(3, connection.createArrayOf("text", entries));
        store.executeQuery().close();
        connection.commit();
    }
}
