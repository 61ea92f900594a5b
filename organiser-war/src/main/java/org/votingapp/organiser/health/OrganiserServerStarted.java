package org.votingapp.organiser.health;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;
import org.votingapp.runtime.health.HealthAnswers;

/** Started: the tables have answered once. */
@Startup
@Singleton
public class OrganiserServerStarted implements HealthCheck {

    private final PostgresCheck postgres;

    @Inject
    OrganiserServerStarted(PostgresCheck postgres) {
        this.postgres = postgres;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthAnswers.of("schema-can-be-read", postgres.firstFinding());
    }
}
