package org.votingapp.load;

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
import org.votingapp.stack.PostgresPart;

/**
 * What reading one tally costs, by how many ballots there are: the statement of the result server, by its role, as fast
 * as answers come on one connection.
 *
 * <p>The ballots are of a poll of their own and are put there by SQL; they are not part of the books.
 */
final class TallyCost implements Step {

    static final String NAME = "tally";

    private static final String POLL = "filled";
    private static final String SOURCE = "org.votingapp.result.follow.PostgresTallySource";
    private static final int FEWEST = 10;
    private static final int CHUNK = 1_000_000;
    private static final int READINGS = 5_000;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void measure(Stage stage, Report report) throws Exception {
        PostgresPart postgres = stage.stack().postgres();
        String statement = statement(Stage.root());
        TreeMap<Long, List<Double>> micros = new TreeMap<>();
        try (Connection writer = postgres.connect()) {
            makePoll(writer);
            long there = 0;
            for (long ballots = FEWEST; ballots <= stage.scale().tallyBallots(); ballots *= 10) {
                fill(writer, there, ballots);
                there = ballots;
                micros.put(
                        ballots,
                        read(postgres, statement, ballots, stage.scale().rounds()));
            }
        }
        micros.forEach((ballots, values) ->
                report.add(Figure.of(NAME, "one tally of %,d ballots".formatted(ballots), "µs", values)));
        List<Double> fewest = micros.firstEntry().getValue();
        List<Double> most = micros.lastEntry().getValue();
        report.add(Figure.of(NAME, "  the most ballots against the fewest", "µs", most)
                .against("%,d ballots".formatted(FEWEST), fewest)
                .with(new Target(false, 1.1, true)));
        report.add(new Curve(
                Curve.Plot.TALLY,
                "one tally",
                micros.entrySet().stream()
                        .map(entry -> new Curve.Point(
                                Math.log10(entry.getKey()),
                                Figure.of(NAME, "", "", entry.getValue()).median()))
                        .toList()));
    }

    /** The statement as the result server has it, so that nobody measures another one. */
    private static String statement(Path root) throws Exception {
        URL[] classes = {
            root.resolve("result-war/target/classes").toUri().toURL(),
            root.resolve("voting-web/target/classes").toUri().toURL()
        };
        try (URLClassLoader loader = new URLClassLoader(classes, TallyCost.class.getClassLoader())) {
            Field field = loader.loadClass(SOURCE).getDeclaredField("TALLY");
            field.setAccessible(true);
            return ((String) field.get(null)).replace("?1", "?");
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

    /** Adds ballots, half for each option, with voters in order, which Postgres takes fastest. */
    private static void fill(Connection writer, long from, long to) throws SQLException {
        try (PreparedStatement ballots = writer.prepareStatement(
                        "INSERT INTO ballot (poll_id, voter_id, choice, entry_id, cast_at) SELECT '" + POLL
                                + "', CAST(lpad(to_hex(n), 32, '0') AS uuid), CASE n % 2 WHEN 0 THEN 'a' ELSE 'b' END,"
                                + " '1700000000000-' || n, now() FROM generate_series(CAST(? AS bigint), ?) AS n");
                PreparedStatement tally =
                        writer.prepareStatement("UPDATE tally SET votes = ? / 2 WHERE poll_id = '" + POLL + "'")) {
            for (long next = from; next < to; next += CHUNK) {
                ballots.setLong(1, next);
                ballots.setLong(2, Math.min(next + CHUNK, to) - 1);
                ballots.executeUpdate();
            }
            tally.setLong(1, to);
            tally.executeUpdate();
        }
    }

    private static List<Double> read(PostgresPart postgres, String statement, long ballots, int rounds)
            throws SQLException {
        List<Double> micros = new ArrayList<>();
        try (Connection reader = postgres.connectAsReader();
                PreparedStatement tally = reader.prepareStatement(statement)) {
            tally.setString(1, POLL);
            for (int round = -1; round < rounds; round++) {
                long began = System.nanoTime();
                for (int reading = 0; reading < READINGS; reading++) {
                    assertThat(total(tally)).as("votes in the tally").isEqualTo(ballots);
                }
                if (round >= 0) {
                    micros.add((System.nanoTime() - began) / 1e3 / READINGS);
                }
            }
        }
        return micros;
    }

    private static long total(PreparedStatement tally) throws SQLException {
        long total = 0;
        try (ResultSet rows = tally.executeQuery()) {
            while (rows.next()) {
                total += rows.getLong(7);
            }
        }
        return total;
    }
}
