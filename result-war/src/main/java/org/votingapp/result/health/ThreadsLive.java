package org.votingapp.result.health;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.votingapp.result.follow.FollowerStatus;
import org.votingapp.result.watch.Watchers;

/**
 * Live: the follower's and the distribution's threads go round their loops. No other thread replaces them.
 *
 * <p>It asks no dependency. While Postgres is away both loops go on: its time-outs block the follower for far less than the
 * limit.
 */
@Liveness
@Singleton
public class ThreadsLive implements HealthCheck {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final FollowerStatus follower;
    private final Watchers watchers;

    /** Checks these two. */
    @Inject
    public ThreadsLive(FollowerStatus follower, Watchers watchers) {
        this.follower = follower;
        this.watchers = watchers;
    }

    @Override
    public HealthCheckResponse call() {
        Duration followerAge = follower.beatAge();
        Duration distributionAge = watchers.beatAge();
        return HealthCheckResponse.named("threads-go-round")
                .status(followerAge.compareTo(LIMIT) < 0 && distributionAge.compareTo(LIMIT) < 0)
                .withData("follower-heartbeat-age-ms", followerAge.toMillis())
                .withData("distribution-heartbeat-age-ms", distributionAge.toMillis())
                .build();
    }
}
