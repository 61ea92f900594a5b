package org.votingapp.vote.casting;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Asks the ballot box every second for the time and the published poll, and tells {@link PollOnStage}.
 *
 * <p>While the ballot box does not answer, {@link PollOnStage} keeps what it knows.
 */
@Singleton
public class PollFollower {

    private static final Logger LOG = Logger.getLogger(PollFollower.class.getName());

    @Resource
    private ManagedScheduledExecutorService executor;

    private final PollOnStage onStage;
    private final BallotBox ballotBox;

    private ScheduledFuture<?> following;

    /** Follows this poll. */
    @Inject
    public PollFollower(PollOnStage onStage, BallotBox ballotBox) {
        this.onStage = onStage;
        this.ballotBox = ballotBox;
    }

    void follow(@Observes @Initialized(ApplicationScoped.class) Object application) {
        following = executor.scheduleWithFixedDelay(this::look, 0, 1, TimeUnit.SECONDS);
    }

    @PreDestroy
    void stop() {
        following.cancel(true);
    }

    /** Never throws: a task that throws would not run again. */
    private void look() {
        try {
            BallotBox.Look look = ballotBox.look(onStage.poll().id());
            onStage.learn(look.now(), look.registered());
        } catch (BallotBoxUnavailableException away) {
            // Votes and probes log it where it lasts.
            LOG.log(Level.FINE, "The published poll is not known", away);
        } catch (RuntimeException unforeseen) {
            LOG.log(
                    Level.SEVERE,
                    "Looking for the published poll failed unexpectedly; the next look is in a second",
                    unforeseen);
        }
    }
}
