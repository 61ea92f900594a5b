package org.votingapp.result.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Startup;
import org.votingapp.result.ResultSettings;
import org.votingapp.result.follow.Vitals;

/** Started: the tables have answered once, whether or not the poll is in them yet. */
@Startup
@ApplicationScoped
public class StartedCheck implements HealthCheck {

    private final ResultSettings settings;
    private final Vitals vitals;

    /** For the container's proxy. */
    protected StartedCheck() {
        this(null, null);
    }

    /** Asks these signs. */
    @Inject
    public StartedCheck(ResultSettings settings, Vitals vitals) {
        this.settings = settings;
        this.vitals = vitals;
    }

    @Override
    public HealthCheckResponse call() {
        boolean seen = vitals.schemaSeen();
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("schema-can-be-read").status(seen).withData("poll", settings.pollId());
        if (!seen) {
            response.withData("reason", vitals.failure());
        }
        return response.build();
    }
}
