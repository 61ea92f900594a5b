package org.votingapp.worker.health;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Startup;
import org.votingapp.poll.Poll;
import org.votingapp.worker.drain.DrainState;
import org.votingapp.worker.store.Store;
import org.votingapp.worker.store.StoreAddresses;
import org.votingapp.worker.store.StoreStates;

/** Started: the schema is at its version, and the poll is registered. */
@Startup
@Singleton
public class SchemaStarted implements HealthCheck {

    /** Longer than the time between two tries, with their time-outs. */
    private static final Duration RECENT = Duration.ofMinutes(1);

    private final DrainState state;
    private final StoreStates stores;
    private final StoreAddresses addresses;
    private final Poll poll;

    @Inject
    SchemaStarted(DrainState state, StoreStates stores, StoreAddresses addresses, Poll poll) {
        this.state = state;
        this.stores = stores;
        this.addresses = addresses;
        this.poll = poll;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("schema")
                .withData("poll", poll.id())
                .status(state.schemaVersion().isPresent());
        state.schemaVersion()
                .ifPresentOrElse(
                        version -> response.withData("version", version), () -> response.withData("reason", reason()));
        return response.build();
    }

    private String reason() {
        return state.refusal()
                .or(() -> stores.failureWithin(RECENT, Store.POSTGRES).map(addresses.postgres()::reason))
                .orElse("Postgres has not answered yet");
    }
}
