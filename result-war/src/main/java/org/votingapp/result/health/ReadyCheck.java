package org.votingapp.result.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.votingapp.result.follow.Vitals;
import org.votingapp.result.watch.Watchers;

/**
 * Ready: the tally was read within the last {@link Vitals#FRESH}.
 *
 * <p>It is read every second without being asked for, so this check only looks at the clock.
 */
@Readiness
@ApplicationScoped
public class ReadyCheck implements HealthCheck {

    private final Vitals vitals;
    private final Watchers watchers;

    /** For the container's proxy. */
    protected ReadyCheck() {
        this(null, null);
    }

    /** Asks these signs. */
    @Inject
    public ReadyCheck(Vitals vitals, Watchers watchers) {
        this.vitals = vitals;
        this.watchers = watchers;
    }

    @Override
    public HealthCheckResponse call() {
        boolean fresh = vitals.fresh();
        HealthCheckResponseBuilder response = HealthCheckResponse.named("tally-is-fresh")
                .status(fresh)
                .withData("listening", vitals.listening())
                .withData("watchers", watchers.count());
        vitals.listeningTrouble().ifPresent(why -> response.withData("not-listening", why));
        vitals.tallyAge().ifPresent(age -> response.withData("tally-age-ms", age.toMillis()));
        if (!fresh) {
            response.withData("reason", vitals.failure());
        }
        return response.build();
    }
}
