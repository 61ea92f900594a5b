package org.votingapp.result.follow;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.SplittableRandom;

/** Starts the server's one {@link TallyFollower} with the application, and stops it with the application. */
@Singleton
public class FollowerStarter {

    @Resource
    private ManagedThreadFactory threads;

    private final TallyFollower follower;

    /** Follows the polls of these boards. */
    @Inject
    public FollowerStarter(
            TallySource source,
            StageSource stages,
            Notifications.Opener opener,
            TallyBoards boards,
            RoomBoards rooms,
            FollowerStatus status,
            Clock clock) {
        follower = new TallyFollower(
                source, stages, opener, boards, rooms, status, FollowerTime.real(clock), new SplittableRandom());
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object applicationStarts) {
        threads.newThread(follower).start();
    }

    @PreDestroy
    void stop() {
        follower.stop();
    }
}
