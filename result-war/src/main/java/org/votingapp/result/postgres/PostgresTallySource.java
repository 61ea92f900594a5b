package org.votingapp.result.postgres;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollOption;
import org.votingapp.poll.ResultsPolicy;
import org.votingapp.poll.ResultsRule;
import org.votingapp.poll.RevoteRule;
import org.votingapp.poll.RoomCode;
import org.votingapp.result.follow.RoomStage;
import org.votingapp.result.follow.StageSource;
import org.votingapp.result.follow.TallyReading;
import org.votingapp.result.follow.TallySource;
import org.votingapp.result.follow.TallyStoreException;
import org.votingapp.runtime.store.StoreAddress;

/**
 * Reads tallies and rooms from Postgres. Tallies come with one statement, so all counts are of one moment.
 *
 * <p>It reads one indexed row for each option of each poll, however many ballots there are. The data source's time-outs limit
 * how long it waits.
 */
@Singleton
public class PostgresTallySource implements TallySource, StageSource {

    private static final String TALLY = """
            SELECT p.id, p.question, p.language, p.revote, p.opens, p.closes, p.results, p.revealed,
                coalesce(p.final_at >= p.closes, false) AS final, p.ballots_deleted_at,
                r.deleted_at IS NOT NULL AS deleted,
                o.key, o.label, nullif(o.first_label, o.label) AS first_label, coalesce(t.votes, 0) AS votes
            FROM poll p
            JOIN poll_option o ON o.poll_id = p.id
            LEFT JOIN room r ON r.code = p.room_code
            LEFT JOIN tally t ON t.poll_id = o.poll_id AND t.choice = o.key
            WHERE p.id = ANY(?)
            ORDER BY p.id, o.position, o.key""";

    /** An archived poll is on no stage. */
    private static final String STAGES = """
            SELECT r.code, p.id AS stage, r.deleted_at IS NOT NULL AS deleted
            FROM room r LEFT JOIN poll p ON p.id = r.stage AND p.archived_at IS NULL
            WHERE r.code = ANY(?)""";

    // Not shareable: a thread that never ends would otherwise never return its connection to the pool.
    @Resource(lookup = "jdbc/tallies", shareable = false)
    private DataSource tallies;

    private final StoreAddress postgres;

    /** Names this Postgres in the reasons of failures. */
    @Inject
    public PostgresTallySource(StoreAddress postgres) {
        this.postgres = postgres;
    }

    @Override
    public List<TallyReading> read(Collection<String> pollIds) throws TallyStoreException {
        try (Connection connection = tallies.getConnection();
                PreparedStatement tally = connection.prepareStatement(TALLY)) {
            tally.setArray(1, connection.createArrayOf("text", pollIds.toArray()));
            try (ResultSet row = tally.executeQuery()) {
                List<TallyReading> readings = new ArrayList<>();
                boolean hasRow = row.next();
                while (hasRow) {
                    String pollId = row.getString("id");
                    String question = row.getString("question");
                    String language = row.getString("language");
                    RevoteRule revote =
                            RevoteRule.valueOf(row.getString("revote").toUpperCase(Locale.ROOT));
                    Optional<Instant> opens = time(row, "opens");
                    Optional<Instant> closes = time(row, "closes");
                    ResultsPolicy policy = new ResultsPolicy(
                            ResultsRule.valueOf(row.getString("results").toUpperCase(Locale.ROOT)),
                            row.getBoolean("revealed"));
                    boolean isFinal = row.getBoolean("final");
                    boolean deleted = row.getBoolean("deleted");
                    Optional<Instant> ballotsDeleted = time(row, "ballots_deleted_at");
                    List<PollOption> options = new ArrayList<>();
                    List<Long> votes = new ArrayList<>();
                    do {
                        options.add(new PollOption(
                                row.getString("key"),
                                row.getString("label"),
                                Optional.ofNullable(row.getString("first_label"))));
                        votes.add(row.getLong("votes"));
                        hasRow = row.next();
                    } while (hasRow && row.getString("id").equals(pollId));
                    readings.add(new TallyReading(
                            new Poll(pollId, question, language, options, revote, opens, closes),
                            votes,
                            isFinal,
                            ballotsDeleted,
                            policy,
                            deleted));
                }
                return readings;
            }
        } catch (SQLException | RuntimeException failure) {
            throw new TallyStoreException(postgres.reason(failure), failure);
        }
    }

    @Override
    public List<RoomStage> readStages(Collection<RoomCode> codes) throws TallyStoreException {
        try (Connection connection = tallies.getConnection();
                PreparedStatement stages = connection.prepareStatement(STAGES)) {
            stages.setArray(
                    1,
                    connection.createArrayOf(
                            "text", codes.stream().map(RoomCode::value).toArray()));
            try (ResultSet row = stages.executeQuery()) {
                List<RoomStage> read = new ArrayList<>();
                while (row.next()) {
                    read.add(new RoomStage(
                            new RoomCode(row.getString("code")),
                            Optional.ofNullable(row.getString("stage")),
                            row.getBoolean("deleted")));
                }
                return read;
            }
        } catch (SQLException | RuntimeException failure) {
            throw new TallyStoreException(postgres.reason(failure), failure);
        }
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
