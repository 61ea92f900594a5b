package org.votingapp.vote.health;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.votingapp.poll.PollRefusedException;
import org.votingapp.runtime.health.Finding;
import org.votingapp.runtime.health.HealthAnswers;
import org.votingapp.runtime.health.TimedCheck;
import org.votingapp.vote.casting.BallotBox;
import org.votingapp.vote.casting.HousePoll;
import org.votingapp.vote.casting.PollAdmission;
import org.votingapp.vote.casting.PollDirectory;
import org.votingapp.vote.settings.VoteSettings;

/**
 * Ready: Redis takes ballots ({@link BallotBox#probe}) and holds the poll's rules and definition, and {@link PollAdmission} admits votes to the
 * configured poll.
 */
@Readiness
@Singleton
public class BallotsTakenReady implements HealthCheck {

    private static final Duration LIMIT = Duration.ofSeconds(1);

    private final VoteSettings settings;
    private final BallotBox ballotBox;
    private final PollAdmission admission;
    private final HousePoll house;
    private final PollDirectory polls;

    @Resource
    private ManagedExecutorService executor;

    private TimedCheck check;

    /** Checks this ballot box. */
    @Inject
    public BallotsTakenReady(
            VoteSettings settings, BallotBox ballotBox, PollAdmission admission, HousePoll house, PollDirectory polls) {
        this.settings = settings;
        this.ballotBox = ballotBox;
        this.admission = admission;
        this.house = house;
        this.polls = polls;
    }

    @PostConstruct
    void prepare() {
        check = new TimedCheck(executor, LIMIT, settings.redis().store(), this::probe);
    }

    @Override
    public HealthCheckResponse call() {
        return HealthAnswers.of("redis-takes-ballots", check.finding());
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
        if (!house.isPublished()) {
            return Finding.down("the rules of poll %s have not reached Redis; a worker publishes them"
                    .formatted(house.poll().id()));
        }
        if (polls.house().names().isEmpty()) {
            return Finding.down("the definition of poll %s has not reached Redis; a worker publishes it"
                    .formatted(house.poll().id()));
        }
        return Finding.up(Map.of("microseconds", microseconds));
    }
}
