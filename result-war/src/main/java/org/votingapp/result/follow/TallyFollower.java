package org.votingapp.result.follow;

import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;
import org.votingapp.runtime.store.BackOff;
import org.votingapp.runtime.store.FailureLog;

/**
 * The loop that brings the tally from the store to the {@link TallyBoard}. Each turn:
 *
 * <ol>
 *   <li>waits for a notification, until the next reading is due;
 *   <li>reads the tally, where that is due;
 *   <li>shows it on the board, where it changed or the poll opened or closed.
 * </ol>
 *
 * <p>No failure of the store ends the loop. Listening and reading fail and recover independently: without notifications
 * the tally is read every second; without the store the board keeps the last tally, which still opens and closes by the clock.
 */
final class TallyFollower implements Runnable {

    /** The public reason for a failure that no adapter explained. */
    static final String FAULT = "an error that the log tells";

    private static final Logger LOG = Logger.getLogger(TallyFollower.class.getName());

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    /** A turn waits no longer, so that it notices a stop and the heartbeat stays young. */
    private static final Duration LONGEST_WAIT = Duration.ofMillis(500);

    private final String pollId;
    private final TallySource source;
    private final TallyBoard board;
    private final FollowerStatus status;
    private final FollowerTime time;

    private final NotificationListener listener;
    private final ReadSchedule schedule;
    private final BackOff readBackOff;
    private final FailureLog readLog = new FailureLog(
            LOG,
            "Reading the tally fails",
            "the last tally stays up until it succeeds",
            "Reading the tally works again");

    private Optional<TallyReading> last = Optional.empty();
    private volatile boolean stopped;

    /** @param random gives the jitter of the back-off */
    TallyFollower(
            String pollId,
            TallySource source,
            Notifications.Opener opener,
            TallyBoard board,
            FollowerStatus status,
            FollowerTime time,
            RandomGenerator random) {
        this.pollId = pollId;
        this.source = source;
        this.board = board;
        this.status = status;
        this.time = time;
        this.listener = new NotificationListener(pollId, opener, backOff(random), time);
        this.schedule = new ReadSchedule(time.now());
        this.readBackOff = backOff(random);
    }

    private static BackOff backOff(RandomGenerator random) {
        return new BackOff(FIRST_PAUSE, LONGEST_PAUSE, random);
    }

    @Override
    public void run() {
        try (listener) {
            while (!stopped) {
                turn();
            }
        } catch (InterruptedException serverStops) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends {@link #run} within half a second, or when the store has answered a pending reading. */
    void stop() {
        stopped = true;
    }

    void turn() throws InterruptedException {
        status.beat();
        try {
            awaitNotification();
            if (schedule.isDue(time.now())) {
                read();
            }
            show();
        } catch (RuntimeException fault) {
            // The loop goes on after a fault of ours; the pause keeps the log short.
            LOG.log(Level.SEVERE, "Following the tally hit a fault, and goes on", fault);
            schedule.failed(time.now(), LONGEST_PAUSE);
        }
    }

    private void awaitNotification() throws InterruptedException {
        Duration untilDue = schedule.untilDue(time.now());
        if (listener.awaitChange(untilDue.compareTo(LONGEST_WAIT) < 0 ? untilDue : LONGEST_WAIT)) {
            schedule.changed();
        }
        status.listening(listener.failure());
    }

    private void read() {
        schedule.reading(time.now());
        try {
            Optional<TallyReading> reading = source.read(pollId);
            readBackOff.reset();
            status.tablesRead();
            if (reading.isPresent()) {
                last = reading;
                status.tallyRead();
                readLog.works();
            } else {
                String missing = "there is no poll " + pollId + " in the database; the worker puts it there";
                status.failed(missing);
                readLog.failed(missing);
            }
        } catch (TallyStoreException unanswered) {
            readLater(unanswered.publicReason(), unanswered.logReason());
        } catch (RuntimeException fault) {
            readLater(FAULT, fault.toString());
        }
    }

    private void readLater(String publicReason, String logReason) {
        schedule.failed(time.now(), readBackOff.next());
        status.failed(publicReason);
        readLog.failed(logReason);
    }

    private void show() {
        last.ifPresent(reading ->
                board.show(reading.at(time.clock().instant()), time.clock().millis()));
    }
}
