package org.votingapp.vote.health;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;
import org.votingapp.poll.Poll;

/** Started: the configuration is valid. With an invalid one the application does not start at all. */
@Startup
@Singleton
public class VoteServerStarted implements HealthCheck {

    private final Poll poll;

    /** Reports this poll. */
    @Inject
    public VoteServerStarted(Poll poll) {
        this.poll = poll;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("poll-configuration")
                .up()
                .withData("poll", poll.id())
                .withData("options", poll.options().size())
                .withData("revote", poll.revote().name().toLowerCase(Locale.ROOT))
                .build();
    }
}
