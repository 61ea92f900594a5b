package org.votingapp.worker.drain;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.logging.Logger;
import org.votingapp.runtime.store.FailureLog;
import org.votingapp.worker.poll.PollCatalog;
import org.votingapp.worker.poll.PollVersion;
import org.votingapp.worker.store.StoreAwayException;
import org.votingapp.worker.stream.StreamFacts;

/**
 * Commits that a poll is final: it has closed, and all its ballots are recorded.
 *
 * <p>Redis tells both ({@link StreamFacts#drainedAfter}), since its clock decides which votes are taken. Long before the
 * poll's end, and after it was final, this asks no store. Any number of workers may do it. Used by one thread.
 */
@Singleton
class FinalResult {

    /** How far Redis' clock may be ahead of this server's. */
    private static final Duration AHEAD = Duration.ofHours(1);

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

    /** Commits it where it is true and not committed yet. A failure is logged: the next try comes in a second. */
    void commitIfReached(PollVersion poll) {
        if (poll.isFinal() || !mayBeOver(poll, Instant.now())) {
            return;
        }
        try {
            Instant closes = poll.closes().orElseThrow();
            Optional<Instant> drained = stream.drainedAfter(poll.id(), closes);
            if (drained.isPresent()) {
                catalog.finish(poll.id(), closes, drained.get());
            }
            failures.works();
        } catch (StoreAwayException | RuntimeException failed) {
            // Whatever it is, the worker goes on.
            failures.failed(String.valueOf(failed.getMessage()));
        }
    }

    /** Whether the poll may have closed by Redis' clock. */
    static boolean mayBeOver(PollVersion poll, Instant now) {
        return poll.closes()
                .filter(closes -> !now.isBefore(closes.minus(AHEAD)))
                .isPresent();
    }
}
