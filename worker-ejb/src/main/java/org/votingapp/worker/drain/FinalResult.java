package org.votingapp.worker.drain;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.logging.Logger;
import org.votingapp.poll.Poll;
import org.votingapp.poll.RegisteredPoll;
import org.votingapp.runtime.store.FailureLog;
import org.votingapp.worker.poll.PollCatalog;
import org.votingapp.worker.store.StoreAwayException;
import org.votingapp.worker.stream.StreamFacts;

/**
 * Commits that a poll is final: it has closed, and all its ballots are recorded.
 *
 * <p>A poll with no ballot on the stream is drained, since a ballot leaves the stream only after Postgres has committed. While the
 * poll is open, this asks no store. Any number of workers may do it. Used by one thread.
 */
@Singleton
class FinalResult {

    /**
     * How long after its end a poll may still be voted on: vote servers decide by their own clocks, which may be late, and a cast may be
     * on its way to Redis ({@code VOTE_TIMEOUT}, 1.5 s).
     */
    static final Duration MARGIN = Duration.ofMinutes(1);

    private static final Logger LOG = Logger.getLogger(FinalResult.class.getName());

    private final PollCatalog catalog;
    private final StreamFacts stream;
    private final FailureLog failures = new FailureLog(
            LOG,
            "Finding out whether the closed poll is final failed",
            "its result is not shown as final until it succeeds",
            "Finding out whether the closed poll is final works again");

    @Inject
    FinalResult(PollCatalog catalog, StreamFacts stream) {
        this.catalog = catalog;
        this.stream = stream;
    }

    /** Commits it where it is true and not committed yet. A failure is logged: the next try comes in some seconds. */
    void commitIfReached(RegisteredPoll registered) {
        Poll poll = registered.poll();
        Instant now = Instant.now();
        if (!isOver(poll, now)) {
            return;
        }
        try {
            if (stream.isDrained()) {
                catalog.finish(poll, now);
            }
            failures.works();
        } catch (StoreAwayException | RuntimeException failed) {
            // Whatever it is, the worker goes on.
            failures.failed(String.valueOf(failed.getMessage()));
        }
    }

    /** Whether no vote server takes votes for the poll any more. */
    static boolean isOver(Poll poll, Instant now) {
        return poll.closes()
                .filter(closes -> !now.isBefore(closes.plus(MARGIN)))
                .isPresent();
    }
}
