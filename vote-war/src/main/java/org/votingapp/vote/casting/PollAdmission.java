package org.votingapp.vote.casting;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollChangeRule;
import org.votingapp.poll.PollRefusedException;
import org.votingapp.poll.RegisteredPoll;

/**
 * Admits votes once the configured poll has been compared with the registered one.
 *
 * <p>The start, the readiness check and each vote ask for admission. It is given for good once the configuration fits the
 * registered poll ({@link PollChangeRule}); from then on it costs a vote one look at a field. While no worker has published the
 * poll, no vote can be mistaken for another, so votes are admitted. Thread-safe.
 */
@Singleton
public class PollAdmission {

    private static final Logger LOG = Logger.getLogger(PollAdmission.class.getName());

    private final Poll poll;
    private final PollChangeRule rule;
    private final BallotBox ballotBox;
    private final AtomicReference<String> told = new AtomicReference<>("");

    private volatile boolean given;

    /** For the configured poll. */
    @Inject
    public PollAdmission(Poll poll, PollChangeRule rule, BallotBox ballotBox) {
        this.poll = poll;
        this.rule = rule;
        this.ballotBox = ballotBox;
    }

    /** Whether votes for this poll are admitted for good. All but the configured one come from the registered ones. */
    boolean isGivenTo(Poll asked) {
        return given || !asked.id().equals(poll.id());
    }

    /**
     * Compares the configured poll with the registered one, unless admission was given.
     *
     * @return done where votes may be taken, on a thread that may write an answer to a client; fails with a
     *     {@link PollRefusedException}, which the log has been told, or with why the ballot box did not answer
     */
    public CompletionStage<Void> ask() {
        return given
                ? CompletableFuture.completedStage(null)
                : ballotBox.registered(poll.id()).thenCompose(this::stage);
    }

    /**
     * Asks on this thread, while the application starts.
     *
     * @throws PollRefusedException where no vote may be taken
     * @throws BallotBoxUnavailableException where nobody could tell; no vote is taken before somebody can
     */
    public void askAtStart() throws PollRefusedException, BallotBoxUnavailableException {
        compare(ballotBox.registeredAtStart(poll.id()));
    }

    private CompletionStage<Void> stage(Optional<RegisteredPoll> registered) {
        try {
            compare(registered);
            return CompletableFuture.completedStage(null);
        } catch (PollRefusedException refused) {
            return CompletableFuture.failedStage(refused);
        }
    }

    private void compare(Optional<RegisteredPoll> registered) throws PollRefusedException {
        try {
            if (registered.isPresent()) {
                // Its hours are the published ones, which an organiser may have changed.
                Poll asPublished = poll.withHours(registered.get().poll().hours());
                rule.check(registered.get(), asPublished, Instant.now()).line().ifPresent(LOG::info);
                given = true;
            }
        } catch (PollRefusedException refused) {
            if (!refused.getMessage().equals(told.getAndSet(refused.getMessage()))) {
                LOG.severe(refused.getMessage());
            }
            throw refused;
        }
    }
}
