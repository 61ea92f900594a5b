package org.votingapp.vote.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;
import org.votingapp.poll.Poll;

/** Started: the poll's configuration is valid (without that the application does not start at all). */
@Startup
@ApplicationScoped
public class StartedCheck implements HealthCheck {

    @Inject
    private Poll poll;

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
