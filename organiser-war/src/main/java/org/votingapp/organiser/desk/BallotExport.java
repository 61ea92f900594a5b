package org.votingapp.organiser.desk;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.votingapp.organiser.account.Organiser;

/**
 * Hands over the ballots of a final poll: choices in random order, without voters and times. Thread-safe.
 *
 * <p>Postgres counts them (V10), and the order is drawn here, so that ten million need no memory (docs/decisions/0045).
 */
@ApplicationScoped
public class BallotExport {

    private static final String BALLOTS = "SELECT choice, ballots FROM counted_ballots_of(?)";
    /** What the function raises where the poll is not final any more. */
    private static final String NOT_NOW = "55000";

    private static final long PATIENCE_SECONDS = 3;

    /** One connection, and so one counting at a time. */
    private final Semaphore turn = new Semaphore(1);

    @Resource(lookup = "jdbc/exports", shareable = false)
    private DataSource exports;

    private PollDesk polls;

    /** For CDI. */
    protected BallotExport() {}

    /** Finds polls at this desk. */
    @Inject
    BallotExport(PollDesk polls) {
        this.polls = polls;
    }

    /** Takes one choice after the other. */
    public interface Sink {

        /** @throws IOException where the client is gone */
        void take(String choice) throws IOException;
    }

    /** The ballots of a poll, not yet counted. */
    public interface Ballots {

        /** The poll as its organiser sees it. */
        PollView poll();

        /**
         * Hands over each choice, in an order that is drawn anew each time.
         *
         * @throws IOException where the client is gone
         * @throws RefusedException where another counting takes long, or the poll was opened again meanwhile
         */
        void each(Sink sink) throws IOException;
    }

    /**
     * The ballots of a poll.
     *
     * @throws UnknownHereException where there is none for this organiser
     * @throws RefusedException where the result is not final, or the ballots are deleted
     */
    public Ballots of(Organiser organiser, String id) {
        PollView poll = polls.poll(organiser, id);
        if (poll.lostBallots()) {
            throw new RefusedException(Refusal.BALLOTS_GONE);
        }
        if (poll.step() != PollStep.FINAL) {
            throw new RefusedException(Refusal.BALLOTS_NOT_FINAL);
        }
        return new Ballots() {
            @Override
            public PollView poll() {
                return poll;
            }

            @Override
            public void each(Sink sink) throws IOException {
                new ShuffledChoices(new SplittableRandom()).each(count(poll.id()), sink);
            }
        };
    }

    private Map<String, Long> count(String id) {
        awaitTurn();
        try (Connection connection = exports.getConnection();
                PreparedStatement ballots = connection.prepareStatement(BALLOTS)) {
            ballots.setString(1, id);
            Map<String, Long> counted = new HashMap<>();
            try (ResultSet rows = ballots.executeQuery()) {
                while (rows.next()) {
                    counted.put(rows.getString(1), rows.getLong(2));
                }
            }
            return counted;
        } catch (SQLException failed) {
            if (NOT_NOW.equals(failed.getSQLState())) {
                throw new RefusedException(Refusal.BALLOTS_NOT_FINAL);
            }
            throw new IllegalStateException("The ballots of poll " + id + " could not be counted", failed);
        } finally {
            turn.release();
        }
    }

    private void awaitTurn() {
        try {
            if (turn.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        throw new RefusedException(Refusal.EXPORTING);
    }
}
