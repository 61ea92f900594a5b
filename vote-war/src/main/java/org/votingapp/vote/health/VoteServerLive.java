package org.votingapp.vote.health;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Live: the server answers, which this answer shows. Liveness asks no dependency. */
@Liveness
@Singleton
public class VoteServerLive implements HealthCheck {

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.up("server-answers");
    }
}
