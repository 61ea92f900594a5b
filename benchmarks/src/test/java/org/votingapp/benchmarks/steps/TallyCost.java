package org.votingapp.benchmarks.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.votingapp.benchmarks.report.Curve;
import org.votingapp.benchmarks.report.Figure;
import org.votingapp.benchmarks.report.Report;
import org.votingapp.benchmarks.report.Target;
import org.votingapp.stack.postgres.PostgresPart;

/**
 * The cost of reading one tally by the number of ballots: the result server's statement and role, in a closed loop on one
 * connection.
 *
 * <p>Each size is read in turn with a small twin of the same tables on the same connection. So neither a machine that slows
 * down meanwhile nor the processor of a connection matters. The ballots are inserted by SQL, beside the product's counts.
 */
public final class TallyCost implements Step {

    static final String NAME = "tally";

    private static final String POLL = "filled";
    private static final String SOURCE = "org.votingapp.result.postgres.PostgresTallySource";
    private static final int FEWEST = 10;
    private static final int CHUNK = 1_000_000;
    private static final int READINGS = 250;
    private static final int TURNS = 20;

    /** The schema of the twin: the same tables with the fewest ballots. */
    private static final String TWIN = "fewest";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void measure(Stage stage, Report report) throws Exception {
        PostgresPart postgres = stage.stack().postgres();
        String statement = statement(Stage.root());
        TreeMap<Long, List<Reading>> readings = new TreeMap<>();
        try (Connection writer = postgres.connect();
                Connection twin = postgres.connect()) {
            makePoll(writer);
            makeTwin(twin);
            makePoll(twin);
            fill(twin, 0, FEWEST);
            long there = 0;
            for (long ballots = FEWEST; ballots <= stage.scale().tallyBallots(); ballots *= 10) {
                fill(writer, there, ballots);
                there = ballots;
                readings.put(
                        ballots,
                        read(postgres, statement, ballots, stage.scale().rounds()));
            }
            drop(twin);
        }
        readings.forEach(
                (ballots, rounds) -> report.add(figure("one tally of %,d ballots".formatted(ballots), rounds)));
        report.add(figure(
                        "  the most ballots, against the fewest at the same time",
                        readings.lastEntry().getValue())
                .with(new Target(false, 1.1, true)));
        report.add(new Curve(
                Curve.Plot.TALLY,
                "one tally",
                readings.entrySet().stream()
                        .map(entry -> new Curve.Point(
                                Math.log10(entry.getKey()),
                                figure("", entry.getValue()).median()))
                        .toList()));
    }

    /** The time of one tally in a round, in microseconds, and that of the twin's. */
    private record Reading(double micros, double twinMicros) {}

    private static Figure figure(String name, List<Reading> rounds) {
        return Figure.of(NAME, name, "µs", rounds.stream().map(Reading::micros).toList())
                .against(
                        "%,d ballots".formatted(FEWEST),
                        rounds.stream().map(Reading::twinMicros).toList());
    }

    /** The statement, read from the result server's own resource. */
    private static String statement(Path root) throws Exception {
        URL[] classes = {
            root.resolve("result-war/target/classes").toUri().toURL(),
            root.resolve("voting-web/target/classes").toUri().toURL()
        };
        try (URLClassLoader loader = new URLClassLoader(classes, TallyCost.class.getClassLoader())) {
            Field field = loader.loadClass(SOURCE).getDeclaredField("TALLY");
            field.setAccessible(true);
            return (String) field.get(null);
        }
    }

    private static void makePoll(Connection writer) throws SQLException {
        try (Statement statement = writer.createStatement()) {
            statement.execute("INSERT INTO poll (id, question, revote) VALUES ('" + POLL + "', 'Filled?', 'final')");
            statement.execute("INSERT INTO poll_option (poll_id, key, label, position) VALUES ('" + POLL
                    + "', 'a', 'Cats', 0), ('" + POLL + "', 'b', 'Dogs', 1)");
            statement.execute("INSERT INTO tally (poll_id, choice, votes) VALUES ('" + POLL + "', 'a', 0), ('" + POLL
                    + "', 'b', 0)");
        }
    }

    /** Creates the product's tables in a schema of their own that the result server's role may read. */
    private static void makeTwin(Connection twin) throws SQLException {
        drop(twin);
        try (Statement statement = twin.createStatement()) {
            statement.execute("CREATE SCHEMA " + TWIN);
            for (String table : List.of("room", "poll", "poll_option", "tally", "ballot")) {
                statement.execute("CREATE TABLE %s.%s (LIKE public.%2$s INCLUDING ALL)".formatted(TWIN, table));
            }
            statement.execute("GRANT USAGE ON SCHEMA " + TWIN + " TO public");
            statement.execute("GRANT SELECT ON ALL TABLES IN SCHEMA " + TWIN + " TO public");
        }
        twin.setSchema(TWIN);
    }

    private static void drop(Connection twin) throws SQLException {
        try (Statement statement = twin.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS " + TWIN + " CASCADE");
        }
    }

    /** Inserts ballots, half for each option, in the order of voters, which is fastest. */
    private static void fill(Connection writer, long from, long to) throws SQLException {
        try (PreparedStatement ballots = writer.prepareStatement(
                        "INSERT INTO ballot (poll_id, voter_id, choice, entry_id, cast_at) SELECT '" + POLL
                                + "', CAST(lpad(to_hex(n), 32, '0') AS uuid), CASE n % 2 WHEN 0 THEN 'a' ELSE 'b' END,"
                                + " '1700000000000-' || n, now() FROM generate_series(CAST(? AS bigint), ?) AS n");
                PreparedStatement tally =
                        writer.prepareStatement("UPDATE tally SET votes = ? / 2 WHERE poll_id = '" + POLL + "'");
                Statement analysis = writer.createStatement()) {
            for (long next = from; next < to; next += CHUNK) {
                ballots.setLong(1, next);
                ballots.setLong(2, Math.min(next + CHUNK, to) - 1);
                ballots.executeUpdate();
            }
            tally.setLong(1, to);
            tally.executeUpdate();
            // As autovacuum would after some time. Without it, Postgres may plan the twin's query differently.
            analysis.execute("ANALYZE poll, poll_option, tally");
        }
    }

    private static List<Reading> read(PostgresPart postgres, String statement, long ballots, int rounds)
            throws SQLException {
        List<Reading> readings = new ArrayList<>();
        try (Connection reader = postgres.connectAsReader();
                PreparedStatement tally = reader.prepareStatement(statement)) {
            String product = reader.getSchema();
            tally.setArray(1, reader.createArrayOf("text", new String[] {POLL}));
            for (int round = -1; round < rounds; round++) {
                long nanos = 0;
                long twinNanos = 0;
                for (int turn = 0; turn < TURNS; turn++) {
                    reader.setSchema(product);
                    nanos += nanosOf(tally, ballots);
                    reader.setSchema(TWIN);
                    twinNanos += nanosOf(tally, FEWEST);
                }
                if (round >= 0) {
                    readings.add(new Reading(micros(nanos), micros(twinNanos)));
                }
            }
        }
        return readings;
    }

    private static long nanosOf(PreparedStatement tally, long ballots) throws SQLException {
        long began = System.nanoTime();
        for (int reading = 0; reading < READINGS; reading++) {
            assertThat(total(tally)).as("votes in the tally").isEqualTo(ballots);
        }
        return System.nanoTime() - began;
    }

    private static double micros(long nanos) {
        return nanos / 1e3 / TURNS / READINGS;
    }

    private static long total(PreparedStatement tally) throws SQLException {
        long total = 0;
        try (ResultSet rows = tally.executeQuery()) {
            while (rows.next()) {
                total += rows.getLong("votes");
            }
        }
        return total;
    }
}
