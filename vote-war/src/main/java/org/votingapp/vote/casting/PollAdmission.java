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
 * Whether this server may take votes by its configuration: not before that was compared with the poll as it is registered.
 *
 * <p>It is asked for at the start, by the readiness check and before each vote, until a registered poll was seen that the
 * configuration may change; from then on it is given, and costs a vote no more than a look. While no worker has published
 * the poll, there is nothing that a vote could be mistaken for, and votes are taken. Thread-safe.
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

    /** Whether nothing need be asked any more. */
    boolean isGiven() {
        return given;
    }

    /**
     * Asks what is registered.
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
                rule.check(registered.get(), poll, Instant.now()).line().ifPresent(LOG::info);
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
