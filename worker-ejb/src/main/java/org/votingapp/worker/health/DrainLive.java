package org.votingapp.worker.health;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.votingapp.worker.drain.DrainState;

/**
 * Live: each loop's heart beat within the last minute. Asks no store, and needs none.
 *
 * <p>Between two heartbeats lies at most one transaction, or the two commands to Redis after it. A recording takes at most:
 *
 * <ul>
 *   <li>5 s to wait for a connection, and 5 s to make one;
 *   <li>four statements of 2 s and two of 10 s;
 *   <li>a commit, which ends with the socket's time-out of 20 s (datasources.xml);
 *   <li>or, in Redis, 14 s a command.
 * </ul>
 *
 * <p>Registering the poll again, which is rare, has more statements; each ends with the socket's time-out.
 */
@Liveness
@Singleton
public class DrainLive implements HealthCheck {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final DrainState state;

    @Inject
    DrainLive(DrainState state) {
        this.state = state;
    }

    @Override
    public HealthCheckResponse call() {
        // Before the schema is prepared no loop runs. Whether that takes too long, "started" tells.
        Duration oldest = state.oldestHeartbeat().orElse(Duration.ZERO);
        return HealthCheckResponse.named("drain")
                .withData("loops", state.loops())
                .withData("oldest-heartbeat-ms", oldest.toMillis())
                .status(oldest.compareTo(LIMIT) <= 0)
                .build();
    }
}
