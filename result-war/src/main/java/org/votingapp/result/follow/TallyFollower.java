package org.votingapp.result.follow;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.votingapp.poll.RoomCode;
import org.votingapp.runtime.store.BackOff;
import org.votingapp.runtime.store.FailureLog;

/**
 * The loop that brings tallies from the store to the {@link TallyBoards}. Each turn:
 *
 * <ol>
 *   <li>waits for a notification, until the next reading is due;
 *   <li>reads the tallies that are due, in one statement, and shows each on its board, where it changed;
 *   <li>reads what is on stage in rooms, where that is due;
 *   <li>ten times a second looks through all boards: shows which polls have opened or closed, and takes down those that
 *       nobody watches.
 * </ol>
 *
 * <p>No failure of the store ends the loop. Listening and reading fail and recover independently: without notifications
 * the tallies are read every second; without the store the boards keep the last ones, which still open and close by the clock.
 */
final class TallyFollower implements Runnable {

    /** The public reason for a failure that no adapter explained. */
    static final String FAULT = "an error that the log tells";

    private static final Logger LOG = Logger.getLogger(TallyFollower.class.getName());

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    /** Statements are at least this far apart, so that the changes of many polls share one. */
    private static final Duration STATEMENT_GAP = Duration.ofMillis(20);

    /** Between two looks through all boards; a turn comes more often where many polls change. */
    private static final Duration LOOK_GAP = Duration.ofMillis(100);

    /** A turn waits no longer, so that it notices a stop and the heartbeat stays young. */
    private static final Duration LONGEST_WAIT = Duration.ofMillis(500);

    private final TallySource source;
    private final StageSource stages;
    private final TallyBoards boards;
    private final RoomBoards rooms;
    private final FollowerStatus status;
    private final FollowerTime time;

    private final NotificationListener listener;
    private final BackOff readBackOff;
    private final FailureLog readLog = new FailureLog(
            LOG,
            "Reading the tally fails",
            "the last tally stays up until it succeeds",
            "Reading the tally works again");

    /** No statement before this time. */
    private long readableFrom;
    /** No look through all boards before this time. */
    private long nextLook;

    private volatile boolean stopped;

    /** @param random gives the jitter of the back-off */
    TallyFollower(
            TallySource source,
            StageSource stages,
            Notifications.Opener opener,
            TallyBoards boards,
            RoomBoards rooms,
            FollowerStatus status,
            FollowerTime time,
            RandomGenerator random) {
        this.source = source;
        this.stages = stages;
        this.boards = boards;
        this.rooms = rooms;
        this.status = status;
        this.time = time;
        this.listener = new NotificationListener(opener, backOff(random), time);
        this.readableFrom = time.now();
        this.nextLook = time.now();
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
            boolean isReadable = time.now() >= readableFrom;
            List<FollowedPoll> due = isReadable ? boards.due(time.now()) : List.of();
            if (!due.isEmpty()) {
                read(due);
            }
            if (isReadable) {
                readRooms();
            }
            if (time.now() >= nextLook) {
                nextLook = time.now() + LOOK_GAP.toNanos();
                boards.showByClock();
                boards.dropUnwatched();
                rooms.dropUnwatched();
            }
        } catch (RuntimeException fault) {
            // The loop goes on after a fault of ours; the pause keeps the log short.
            LOG.log(Level.SEVERE, "Following the tallies hit a fault, and goes on", fault);
            readableFrom = time.now() + LONGEST_PAUSE.toNanos();
        }
    }

    private void awaitNotification() throws InterruptedException {
        long now = time.now();
        long nextReading =
                Math.min(boards.untilDue(now).toNanos(), rooms.untilDue(now).toNanos());
        long untilDue = Math.max(nextReading, readableFrom - now);
        Changes changes =
                listener.awaitChanges(Duration.ofNanos(Math.min(Math.max(0, untilDue), LONGEST_WAIT.toNanos())));
        boards.changed(changes);
        rooms.changed(changes);
        status.listening(listener.failure());
    }

    private void read(List<FollowedPoll> due) {
        long now = time.now();
        readableFrom = now + STATEMENT_GAP.toNanos();
        boolean heard = listener.failure().isEmpty();
        due.forEach(poll -> poll.schedule().reading(now, heard));
        try {
            Map<String, TallyReading> readings = source
                    .read(due.stream().map(FollowedPoll::id).toList())
                    .stream()
                    .collect(Collectors.toMap(reading -> reading.poll().id(), Function.identity()));
            readBackOff.reset();
            status.tablesRead();
            due.forEach(poll -> take(poll, readings));
            boards.show(due);
        } catch (TallyStoreException unanswered) {
            readLater(due, unanswered.publicReason(), unanswered.logReason());
        } catch (RuntimeException fault) {
            readLater(due, FAULT, fault.toString());
        }
    }

    private void readRooms() {
        List<RoomCode> due = rooms.due(time.now());
        if (!due.isEmpty()) {
            try {
                rooms.show(
                        due,
                        stages.readStages(due).stream()
                                .collect(Collectors.toMap(RoomStage::code, Function.identity())));
            } catch (TallyStoreException unanswered) {
                // The reading of tallies tells; rooms are read again once the store may answer.
                rooms.readAgain();
                readableFrom = Math.max(readableFrom, time.now() + FIRST_PAUSE.toNanos());
            }
        }
    }

    private void take(FollowedPoll poll, Map<String, TallyReading> readings) {
        boolean isHouse = poll.board() == boards.house();
        TallyReading reading = readings.get(poll.id());
        if (reading == null) {
            boards.missing(poll);
        } else {
            poll.take(reading);
        }
        if (isHouse && reading == null) {
            String missing = "there is no poll " + poll.id() + " in the database; the worker puts it there";
            status.missing(missing);
            readLog.failed(missing);
        } else if (isHouse) {
            status.tallyRead();
            readLog.works();
        }
    }

    private void readLater(List<FollowedPoll> due, String publicReason, String logReason) {
        due.forEach(poll -> poll.schedule().changed());
        readableFrom = time.now() + readBackOff.next().toNanos();
        status.failed(publicReason);
        readLog.failed(logReason);
    }
}
