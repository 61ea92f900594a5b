package org.votingapp.worker.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;
import org.votingapp.poll.Poll;
import org.votingapp.worker.drain.DrainState;
import org.votingapp.worker.store.Store;
import org.votingapp.worker.store.StoreAddresses;
import org.votingapp.worker.store.StoreStates;

/** Started: the schema is at its version and the poll is registered. */
@Startup
@ApplicationScoped
public class SchemaStarted implements HealthCheck {

    /** Longer than lies between two tries, with their time-outs. */
    private static final Duration NEWS = Duration.ofMinutes(1);

    @Inject
    private DrainState state;

    @Inject
    private StoreStates stores;

    @Inject
    private StoreAddresses addresses;

    @Inject
    private Poll poll;

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("schema")
                .withData("poll", poll.id())
                .status(state.schemaVersion().isPresent());
        state.schemaVersion()
                .ifPresentOrElse(
                        version -> response.withData("version", version),
                        () -> response.withData(
                                "reason",
                                state.refusal()
                                        .or(() -> stores.failureWithin(NEWS, Store.POSTGRES)
                                                .map(addresses.postgres()::reason))
                                        .orElse("Postgres has not answered yet")));
        return response.build();
    }
}
