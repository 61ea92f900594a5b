package org.votingapp.vote.health;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.votingapp.poll.PollRefusedException;
import org.votingapp.runtime.health.Finding;
import org.votingapp.runtime.health.TimedCheck;
import org.votingapp.runtime.redis.RedisAddress;
import org.votingapp.runtime.settings.Settings;
import org.votingapp.runtime.store.StoreAddress;
import org.votingapp.vote.casting.BallotBox;
import org.votingapp.vote.casting.PollAdmission;

/**
 * Ready: Redis takes a ballot, which is tried with a key that lives for a second, and votes may be taken by this server's
 * configuration.
 */
@Readiness
@ApplicationScoped
public class ReadyCheck implements HealthCheck {

    private static final Duration LIMIT = Duration.ofSeconds(1);

    @Inject
    private Config config;

    @Inject
    private BallotBox ballotBox;

    @Inject
    private PollAdmission admission;

    @Resource
    private ManagedExecutorService executor;

    private TimedCheck check;

    @PostConstruct
    void prepare() {
        StoreAddress redis = RedisAddress.read(Settings.from(config)).store();
        check = new TimedCheck(executor, LIMIT, redis, this::probe);
    }

    @Override
    public HealthCheckResponse call() {
        return HealthResponses.of("redis-takes-ballots", check.finding());
    }

    private Finding probe() throws Exception {
        long start = System.nanoTime();
        Optional<String> complaint = ballotBox.probe();
        if (complaint.isPresent()) {
            return Finding.down(complaint.get());
        }
        long microseconds = (System.nanoTime() - start) / 1000;
        try {
            admission.ask().toCompletableFuture().get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof PollRefusedException refused) {
                return Finding.down(refused.getMessage());
            }
            throw failed;
        }
        return Finding.up(Map.of("microseconds", microseconds));
    }
}
