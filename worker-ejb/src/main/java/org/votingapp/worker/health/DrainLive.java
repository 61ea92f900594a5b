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
 * <p>Between two heartbeats lies at most one recording: a connection (5 s to wait for one, 5 s to make one), two
 * statements of 10 s each, and a commit that ends with the socket's 20 s (datasources.xml); a stage of Redis takes 5 s at
 * most.
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
