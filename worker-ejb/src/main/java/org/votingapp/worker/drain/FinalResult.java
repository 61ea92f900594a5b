package org.votingapp.worker.drain;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
 * <p>Redis tells both ({@link StreamFacts#drainedAfter}), since its clock decides which votes are taken. It is asked for the time
 * once for all polls that may have closed, and then for those that have. Long before the polls' ends, and after they were final,
 * this asks no store. Any number of workers may do it. Used by one thread.
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

    /** Commits it of those polls of which it is true and not committed yet. A failure is logged: the next try comes in a second. */
    void commitWhereReached(List<PollVersion> polls) {
        Instant here = Instant.now();
        List<PollVersion> near = polls.stream()
                .filter(poll -> !poll.isFinal() && mayBeOver(poll, here))
                .toList();
        if (near.isEmpty()) {
            return;
        }
        try {
            Instant now = stream.now();
            boolean works = true;
            for (PollVersion poll : near) {
                works &= now.isBefore(poll.closes().orElseThrow()) || commitIfReached(poll);
            }
            if (works) {
                failures.works();
            }
        } catch (RuntimeException failed) {
            failures.failed(String.valueOf(failed.getMessage()));
        }
    }

    /** Says whether it could be found out. */
    private boolean commitIfReached(PollVersion poll) {
        try {
            Instant closes = poll.closes().orElseThrow();
            Optional<Instant> drained = stream.drainedAfter(poll.id(), closes);
            if (drained.isPresent()) {
                catalog.finish(poll.id(), closes, drained.get());
            }
            return true;
        } catch (StoreAwayException | RuntimeException failed) {
            // Whatever it is, the worker goes on.
            failures.failed(String.valueOf(failed.getMessage()));
            return false;
        }
    }

    /** Whether the poll may have closed by Redis' clock. */
    static boolean mayBeOver(PollVersion poll, Instant now) {
        return poll.closes()
                .filter(closes -> !now.isBefore(closes.minus(AHEAD)))
                .isPresent();
    }
}
