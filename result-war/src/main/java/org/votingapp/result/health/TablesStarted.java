package org.votingapp.result.health;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Startup;
import org.votingapp.result.ResultSettings;
import org.votingapp.result.follow.FollowerStatus;

/** Started: the tables have answered once, whether or not the poll is in them yet. */
@Startup
@Singleton
public class TablesStarted implements HealthCheck {

    private final ResultSettings settings;
    private final FollowerStatus follower;

    /** Checks the follower, and names the poll of the settings. */
    @Inject
    public TablesStarted(ResultSettings settings, FollowerStatus follower) {
        this.settings = settings;
        this.follower = follower;
    }

    @Override
    public HealthCheckResponse call() {
        boolean read = follower.tablesWereRead();
        HealthCheckResponseBuilder answer =
                HealthCheckResponse.named("schema-can-be-read").status(read).withData("poll", settings.pollId());
        if (!read) {
            answer.withData("reason", follower.failure());
        }
        return answer.build();
    }
}
