package org.votingapp.worker.health;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.votingapp.runtime.health.Finding;
import org.votingapp.runtime.health.HealthAnswers;
import org.votingapp.runtime.health.TimedCheck;
import org.votingapp.worker.drain.DrainState;
import org.votingapp.worker.poll.PollRegister;
import org.votingapp.worker.store.Store;
import org.votingapp.worker.store.StoreAwayException;

/** Ready: Postgres answers and has the poll, and the drain does not fail to use it. */
@Readiness
@Singleton
public class PostgresReady implements HealthCheck {

    private final PollRegister polls;
    private final DrainState drain;
    private final StoreChecks checks;
    private final TimedCheck check;

    @Inject
    PostgresReady(StoreChecks checks, PollRegister polls, DrainState drain) {
        this.polls = polls;
        this.drain = drain;
        this.checks = checks;
        this.check = checks.check(Store.POSTGRES, this::ask);
    }

    @Override
    public HealthCheckResponse call() {
        return HealthAnswers.of("postgres", check.finding());
    }

    private Finding ask() throws StoreAwayException {
        if (drain.schemaVersion().isEmpty()) {
            // Asks nothing: as long as the start has not shown that sessions are our own, answers may be another
            // client's.
            return Finding.down(drain.refusal()
                    .or(() -> checks.recentFailure(Store.POSTGRES))
                    .orElse("the poll is not registered there yet"));
        }
        return Finding.up(Map.of("recorded", polls.votes()));
    }
}
