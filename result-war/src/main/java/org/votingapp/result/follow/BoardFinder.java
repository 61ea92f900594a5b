package org.votingapp.result.follow;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Finds the board of any poll; looks the poll up in the store where there is no board yet. Thread-safe.
 *
 * <p>Ids come from clients, so lookups are bounded: few at a time, few that wait, none for an id that was just found to be
 * unknown, none while the store does not answer.
 */
@Singleton
public class BoardFinder {

    /** Two of the pool's four connections; the follower needs the others. */
    private static final int LOOKUPS = 2;
    /** More requests that wait would take the threads of other requests. */
    private static final int MOST_WAITING = 32;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final TallyBoards boards;
    private final TallySource source;
    private final FollowerStatus follower;
    private final Semaphore lookups = new Semaphore(LOOKUPS, true);

    /** Looks polls up in this store. */
    @Inject
    public BoardFinder(TallyBoards boards, TallySource source, FollowerStatus follower) {
        this.boards = boards;
        this.source = source;
        this.follower = follower;
    }

    /**
     * The board of a poll; empty where there is no such poll. May block for a lookup.
     *
     * @throws NoBoardException where there is no board at the moment
     */
    public Optional<TallyBoard> find(String pollId) throws NoBoardException {
        Optional<TallyBoard> found = boards.find(pollId);
        if (found.isPresent() || boards.unknown().contains(pollId)) {
            return found;
        }
        if (!follower.isAnswered()) {
            throw notRead();
        }
        if (lookups.getQueueLength() >= MOST_WAITING || !acquire()) {
            throw new NoBoardException("Too many polls are looked up at the moment.");
        }
        try {
            return lookUp(pollId);
        } finally {
            lookups.release();
        }
    }

    private boolean acquire() {
        try {
            return lookups.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException serverStops) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Optional<TallyBoard> lookUp(String pollId) throws NoBoardException {
        // Another request may have found it meanwhile.
        Optional<TallyBoard> found = boards.find(pollId);
        if (found.isPresent() || boards.unknown().contains(pollId)) {
            return found;
        }
        try {
            List<TallyReading> readings = source.read(List.of(pollId));
            if (readings.isEmpty()) {
                boards.unknown().add(pollId);
                return Optional.empty();
            }
            return Optional.of(boards.put(readings.get(0)));
        } catch (TallyStoreException unanswered) {
            NoBoardException none = notRead();
            none.initCause(unanswered);
            throw none;
        }
    }

    private static NoBoardException notRead() {
        return new NoBoardException("No tally could be read yet.");
    }
}
