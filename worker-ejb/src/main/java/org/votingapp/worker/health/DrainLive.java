package org.votingapp.worker.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.votingapp.worker.drain.DrainState;

/**
 * Live: every loop showed within the last minute that it lives. No store is asked, and none needs to be there.
 *
 * <p>Between two heartbeats lies at most one transaction: a connection (5 s to wait for one, 5 s to make one), two
 * statements of 2 s each and two of 10 s each, and a commit that ends with the socket's 20 s (datasources.xml); or else the
 * two stages of Redis after it, at most 14 s each. That is for a recording; registering the poll again, which is rare, has
 * more statements, each of which ends with the socket's 20 s.
 */
@Liveness
@ApplicationScoped
public class DrainLive implements HealthCheck {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Inject
    private DrainState state;

    @Override
    public HealthCheckResponse call() {
        // Before the schema is there no loop runs; whether that lasts too long is what "started" tells.
        Duration oldest = state.oldestHeartbeat().orElse(Duration.ZERO);
        return HealthCheckResponse.named("drain")
                .withData("loops", state.loops())
                .withData("oldest-heartbeat-ms", oldest.toMillis())
                .status(oldest.compareTo(LIMIT) <= 0)
                .build();
    }
}
