package org.votingapp.result.follow;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;
import org.votingapp.runtime.store.StoreAddress;

/**
 * Goes round for as long as the server runs: waits for a notification or until a look is due, reads the tally, and
 * publishes it where it changed.
 *
 * <p>Nothing that the store does ends it. Listening and reading fail and come back each by itself: without
 * notifications the tally is read every second; without the store the last tally stays up, and only whether the poll is
 * open goes on by the clock.
 */
final class TallyFollower implements Runnable {

    private static final Logger LOG = Logger.getLogger(TallyFollower.class.getName());

    /** The longest that one turn waits, so that a stop is noticed and the heart beats. */
    private static final Duration LONGEST_WAIT = Duration.ofMillis(500);

    private final String pollId;
    private final StoreAddress store;
    private final TallySource source;
    private final TallyBoard board;
    private final Vitals vitals;
    private final Time time;

    private final StateLog readState;
    private final Backoff readBackoff;
    private final Listening listening;
    private final Pace pace;
    private Optional<Reading> last = Optional.empty();
    private volatile boolean stopped;

    /** @param random spreads what many servers would do at once */
    TallyFollower(
            String pollId,
            StoreAddress store,
            TallySource source,
            Notifications.Opener opener,
            TallyBoard board,
            Vitals vitals,
            Time time,
            RandomGenerator random) {
        this.pollId = pollId;
        this.store = store;
        this.source = source;
        this.board = board;
        this.vitals = vitals;
        this.time = time;
        this.readState = new StateLog(LOG, "Reading the tally", time.nanos());
        this.readBackoff = new Backoff(random);
        this.listening = new Listening(
                opener, store, new Backoff(random), new StateLog(LOG, "Listening for changes", time.nanos()), time);
        this.pace = new Pace(time.now());
    }

    @Override
    public void run() {
        try (listening) {
            while (!stopped) {
                turn();
            }
        } catch (InterruptedException serverStops) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends {@link #run} within half a second, or when the store has answered what it was asked. */
    void stop() {
        stopped = true;
    }

    /** Waits, reads where that is due, and publishes. */
    void turn() throws InterruptedException {
        vitals.beat();
        try {
            if (listening.await(shorter(pace.untilDue(time.now()), LONGEST_WAIT))) {
                pace.told();
            }
            vitals.listening(listening.trouble());
            if (pace.due(time.now())) {
                read();
            }
            last.ifPresent(reading ->
                    board.show(reading.at(time.clock().instant()), time.clock().millis()));
        } catch (RuntimeException fault) {
            // A fault of ours must not end the following of tallies; the pause keeps it from filling the log.
            LOG.log(Level.SEVERE, "Following the tally hit a fault, and goes on", fault);
            pace.failed(time.now(), Backoff.LONGEST);
        }
    }

    private void read() {
        pace.reading(time.now());
        try {
            Optional<Reading> now = source.read(pollId);
            readBackoff.succeeded();
            vitals.schemaRead();
            if (now.isPresent()) {
                last = now;
                vitals.tallyRead();
                readState.well();
            } else {
                String missing = "there is no poll " + pollId + " in the database; the worker puts it there";
                vitals.failed(missing);
                readState.failed(missing);
            }
        } catch (SQLException | RuntimeException unanswered) {
            pace.failed(time.now(), readBackoff.failed());
            vitals.failed(store.reason(unanswered));
            readState.failed(unanswered);
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
