package org.votingapp.result.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.votingapp.result.follow.Vitals;
import org.votingapp.result.watch.Watchers;

/**
 * Live: the two threads that nothing replaces, the follower and the distribution, still go round.
 *
 * <p>They do so too while Postgres is away: it is not asked, and the longest that it can hold the follower up is the sum
 * of its time-outs, far below the limit.
 */
@Liveness
@ApplicationScoped
public class LiveCheck implements HealthCheck {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Vitals vitals;
    private final Watchers watchers;

    /** For the container's proxy. */
    protected LiveCheck() {
        this(null, null);
    }

    /** Asks these signs. */
    @Inject
    public LiveCheck(Vitals vitals, Watchers watchers) {
        this.vitals = vitals;
        this.watchers = watchers;
    }

    @Override
    public HealthCheckResponse call() {
        Duration follower = vitals.beatAge();
        Duration distribution = watchers.beatAge();
        return HealthCheckResponse.named("threads-go-round")
                .status(follower.compareTo(LIMIT) < 0 && distribution.compareTo(LIMIT) < 0)
                .withData("follower-heartbeat-age-ms", follower.toMillis())
                .withData("distribution-heartbeat-age-ms", distribution.toMillis())
                .build();
    }
}
