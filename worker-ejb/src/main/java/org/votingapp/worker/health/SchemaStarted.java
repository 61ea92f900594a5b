package org.votingapp.worker.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;
import org.votingapp.poll.Poll;
import org.votingapp.worker.drain.DrainState;

/** Started: the schema is at its version and the poll is registered. */
@Startup
@ApplicationScoped
public class SchemaStarted implements HealthCheck {

    @Inject
    private DrainState state;

    @Inject
    private Poll poll;

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("schema")
                .withData("poll", poll.id())
                .status(state.schemaVersion().isPresent());
        state.schemaVersion().ifPresent(version -> response.withData("version", version));
        return response.build();
    }
}
