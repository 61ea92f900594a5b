package org.votingapp.result.health;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.votingapp.result.follow.FollowerStatus;
import org.votingapp.result.watch.Watchers;

/**
 * Ready: the tally was read within the last {@link FollowerStatus#FRESH}.
 *
 * <p>The follower reads it every second anyway, so this check asks nobody.
 */
@Readiness
@Singleton
public class TallyReady implements HealthCheck {

    private final FollowerStatus follower;
    private final Watchers watchers;

    /** Checks the follower, and counts the watchers beside. */
    @Inject
    public TallyReady(FollowerStatus follower, Watchers watchers) {
        this.follower = follower;
        this.watchers = watchers;
    }

    @Override
    public HealthCheckResponse call() {
        boolean fresh = follower.isFresh();
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("tally-is-fresh")
                .status(fresh)
                .withData("listening", follower.isListening())
                .withData("watchers", watchers.count());
        follower.whyNotListening().ifPresent(why -> answer.withData("not-listening", why));
        follower.tallyAge().ifPresent(age -> answer.withData("tally-age-ms", age.toMillis()));
        if (!fresh) {
            answer.withData("reason", follower.failure());
        }
        return answer.build();
    }
}
