package org.votingapp.organiser.health;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.votingapp.runtime.health.HealthAnswers;

/** Ready: Postgres answers. */
@Readiness
@Singleton
public class OrganiserServerReady implements HealthCheck {

    private final PostgresCheck postgres;

    @Inject
    OrganiserServerReady(PostgresCheck postgres) {
        this.postgres = postgres;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthAnswers.of("postgres", postgres.finding());
    }
}
