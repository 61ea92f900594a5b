package org.votingapp.result.follow;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Looks up in the store what has no board yet.
 *
 * <p>Ids come from clients, so lookups are bounded: few at a time, few that wait, none while the store does not answer, and none for
 * an id that was just found to be unknown. Thread-safe.
 */
@Singleton
public class StoreLookups {

    /** Two of the pool's four connections; the follower needs the others. */
    private static final int LOOKUPS = 2;
    /** More requests that wait would take the threads of other requests. */
    private static final int MOST_WAITING = 32;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final FollowerStatus follower;
    private final Semaphore lookups = new Semaphore(LOOKUPS, true);

    /** A question to the store. */
    @FunctionalInterface
    interface Question<T> {

        T ask() throws TallyStoreException, NoBoardException;
    }

    /** Asks while the follower gets answers. */
    @Inject
    public StoreLookups(FollowerStatus follower) {
        this.follower = follower;
    }

    /**
     * The board of a poll or a room: one that is there, or else what the store answers. May block.
     *
     * @param id of the poll or the room
     * @param there the board that is there
     * @param unknown the ids that the store did not have
     * @throws NoBoardException where the store does not answer, or is asked too much
     */
    <T> Optional<T> find(String id, Supplier<Optional<T>> there, UnknownIds unknown, Question<Optional<T>> question)
            throws NoBoardException {
        Optional<T> found = there.get();
        if (found.isPresent() || unknown.contains(id)) {
            return found;
        }
        return answer(() -> {
            // Another request may have found it meanwhile.
            Optional<T> meanwhile = there.get();
            if (meanwhile.isPresent() || unknown.contains(id)) {
                return meanwhile;
            }
            Optional<T> answered = question.ask();
            if (answered.isEmpty()) {
                unknown.add(id);
            }
            return answered;
        });
    }

    private <T> T answer(Question<T> question) throws NoBoardException {
        if (!follower.isAnswered()) {
            throw notRead();
        }
        if (lookups.getQueueLength() >= MOST_WAITING || !acquire()) {
            throw new NoBoardException("Too many polls are looked up at the moment.");
        }
        try {
            return question.ask();
        } catch (TallyStoreException unanswered) {
            NoBoardException none = notRead();
            none.initCause(unanswered);
            throw none;
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

    private static NoBoardException notRead() {
        return new NoBoardException("No tally could be read yet.");
    }
}
