package org.votingapp.worker.retain;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.logging.Logger;
import org.votingapp.runtime.store.FailureLog;
import org.votingapp.worker.config.BallotRetention;
import org.votingapp.worker.poll.RetentionRegister;
import org.votingapp.worker.store.StoreAwayException;

/**
 * Deletes the ballots of polls that have been final for {@code BALLOT_RETENTION}, and of final polls whose room is deleted, a few
 * thousand at each look. The tally stays, and the poll says since when its ballots are gone.
 *
 * <p>Any number of workers may do it: each goes on where another stopped. Used by one thread.
 */
@Singleton
public class Retention {

    private static final Logger LOG = Logger.getLogger(Retention.class.getName());

    /** Deleted in some milliseconds, so that a recording never waits long for it. */
    private static final int AT_ONCE = 5_000;

    private static final long LOOK_NANOS = Duration.ofSeconds(10).toNanos();

    private final BallotRetention retention;
    private final RetentionRegister register;
    private final FailureLog failures = new FailureLog(
            LOG, "Deleting old ballots failed", "they are kept meanwhile", "Deleting old ballots works again");

    private boolean deleting = true;
    private long lookedNanos = System.nanoTime() - LOOK_NANOS;

    @Inject
    Retention(BallotRetention retention, RetentionRegister register) {
        this.retention = retention;
        this.register = register;
    }

    /** One step: looks for polls whose time is over, and deletes some ballots. A failure is logged: the next step comes. */
    public void step() {
        if (!deleting && System.nanoTime() - lookedNanos < LOOK_NANOS) {
            return;
        }
        lookedNanos = System.nanoTime();
        try {
            for (String poll : register.beginDeleted()) {
                LOG.info(() -> "The ballots of poll %s are deleted: its room is. Its tally stays".formatted(poll));
            }
            if (retention.time().isPresent()) {
                Duration kept = retention.time().get();
                for (String poll : register.begin(kept)) {
                    LOG.info(() -> "The ballots of poll %s are deleted: it has been final for %s. Its tally stays"
                            .formatted(poll, kept));
                }
            }
            List<String> begun = register.begun();
            for (String poll : begun) {
                register.delete(poll, AT_ONCE);
            }
            deleting = !begun.isEmpty();
            failures.works();
        } catch (StoreAwayException | RuntimeException failed) {
            // Whatever it is, the worker goes on.
            failures.failed(String.valueOf(failed.getMessage()));
        }
    }
}
