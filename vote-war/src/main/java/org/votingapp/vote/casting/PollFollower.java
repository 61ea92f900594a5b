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
 * Asks the ballot box every second for the time, the house room's poll and new definitions, and tells {@link PollDirectory},
 * which keeps what it knows while the ballot box does not answer.
 *
 * <p>Asks for all definitions every five minutes: a Redis that took over may have a clock that is behind, and so new
 * definitions with times before the last one.
 */
@Singleton
public class PollFollower {

    private static final Logger LOG = Logger.getLogger(PollFollower.class.getName());

    private static final int ALL_EVERY = 300;
    /** Bounds one look, however many definitions there are; the next one goes on. */
    private static final int MOST_ANSWERS = 100;

    @Resource
    private ManagedScheduledExecutorService executor;

    private final HousePoll house;
    private final PollDirectory directory;
    private final BallotBox ballotBox;

    private ScheduledFuture<?> following;
    private long until;
    private int looks;

    /** Follows this poll, and all others for this directory. */
    @Inject
    public PollFollower(HousePoll house, PollDirectory directory, BallotBox ballotBox) {
        this.house = house;
        this.directory = directory;
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
    void look() {
        try {
            directory.learn(ballotBox.look(house.poll().id()));
            lookForDefinitions();
        } catch (BallotBoxUnavailableException away) {
            // Votes and probes log it where it lasts.
            LOG.log(Level.FINE, "The published polls are not known", away);
        } catch (RuntimeException unforeseen) {
            LOG.log(
                    Level.SEVERE,
                    "Looking for the published polls failed unexpectedly; the next look is in a second",
                    unforeseen);
        }
    }

    private void lookForDefinitions() throws BallotBoxUnavailableException {
        if (looks++ % ALL_EVERY == 0) {
            until = 0;
        }
        BallotBox.Published published;
        int answers = 0;
        do {
            published = ballotBox.publishedSince(until);
            directory.learn(published);
            until = published.until();
        } while (!published.last() && ++answers < MOST_ANSWERS);
    }
}
