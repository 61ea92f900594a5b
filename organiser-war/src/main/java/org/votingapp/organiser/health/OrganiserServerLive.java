package org.votingapp.organiser.health;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Live: the server answers. It asks no store, since a restart would heal none. */
@Liveness
@Singleton
public class OrganiserServerLive implements HealthCheck {

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.up("organiser-server");
    }
}
