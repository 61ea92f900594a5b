package org.votingapp.worker.health;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Logger;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.votingapp.runtime.health.Finding;
import org.votingapp.runtime.health.TimedCheck;
import org.votingapp.worker.config.WorkerSettings;
import org.votingapp.worker.drain.DrainState;
import org.votingapp.worker.poll.PollRegister;
import org.votingapp.worker.store.Store;
import org.votingapp.worker.store.StoreAddresses;
import org.votingapp.worker.store.StoreStates;
import org.votingapp.worker.stream.StreamFacts;

/**
 * Ready: Redis answers and has the group of the workers, Postgres answers and has the poll, and the drain could use both when it last tried.
 *
 * <p>The checks only read; a store that can be read and not written is found by the drain.
 */
@ApplicationScoped
public class StoresReady {

    private static final Logger LOG = Logger.getLogger(StoresReady.class.getName());
    private static final Duration LIMIT = Duration.ofSeconds(2);
    /**
     * Longer than lies between two tries of the drain, with their time-outs. What is older is no news: another worker may
     * have done since what this one could not.
     */
    private static final Duration NEWS = Duration.ofSeconds(40);

    @Resource
    private ManagedExecutorService executor;

    @Inject
    private StreamFacts stream;

    @Inject
    private PollRegister polls;

    @Inject
    private StoreStates states;

    @Inject
    private DrainState drain;

    @Inject
    private StoreAddresses addresses;

    @Inject
    private WorkerSettings settings;

    private final AtomicBoolean complained = new AtomicBoolean();

    private TimedCheck redis;
    private TimedCheck postgres;

    @PostConstruct
    void prepare() {
        redis = check(Store.REDIS, this::askRedis);
        postgres = check(Store.POSTGRES, this::askPostgres);
    }

    private TimedCheck check(Store store, Callable<Finding> question) {
        return new TimedCheck(executor, LIMIT, addresses.of(store), () -> unlessTheDrainFails(store, question));
    }

    /** Redis. */
    @Produces
    @Readiness
    @ApplicationScoped
    HealthCheck redisReady() {
        return () -> response("redis", redis.finding());
    }

    /** Postgres. */
    @Produces
    @Readiness
    @ApplicationScoped
    HealthCheck postgresReady() {
        return () -> response("postgres", postgres.finding());
    }

    private Finding unlessTheDrainFails(Store store, Callable<Finding> check) throws Exception {
        Finding finding = check.call();
        return states.failureWithin(NEWS, store)
                .filter(why -> finding.up())
                .map(why -> Finding.down("it answers, but the drain failed to use it: "
                        + addresses.of(store).reason(why)))
                .orElse(finding);
    }

    private Finding askRedis() {
        Optional<String> complaint = stream.version().complaint();
        if (complaint.isPresent()) {
            if (complained.compareAndSet(false, true)) {
                LOG.warning("Redis: " + complaint.get() + "; this worker is not ready");
            }
            return Finding.down(complaint.get());
        }
        Optional<StreamFacts.Group> group = stream.group();
        if (group.isEmpty()) {
            return Finding.down("the stream has no group of the workers yet");
        }
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("consumers", settings.name() + "-1 to -" + settings.loops());
        facts.put("waiting", stream.totals().pending());
        facts.put("pending", group.get().pending());
        group.get().lag().ifPresent(lag -> facts.put("lag", lag));
        facts.put("consumers-of-group", group.get().consumers());
        return Finding.up(facts);
    }

    /** Before the poll is registered nothing is asked: sessions may be mixed up, as a worker finds when it begins. */
    private Finding askPostgres() throws Exception {
        if (drain.schemaVersion().isEmpty()) {
            return Finding.down(drain.refusal()
                    .or(() -> states.failureWithin(NEWS, Store.POSTGRES).map(addresses.of(Store.POSTGRES)::reason))
                    .orElse("the poll is not registered there yet"));
        }
        return Finding.up(Map.of("recorded", polls.votes()));
    }

    private static HealthCheckResponse response(String name, Finding finding) {
        var response = HealthCheckResponse.named(name).status(finding.up());
        finding.facts().forEach((fact, value) -> {
            if (value instanceof Long number) {
                response.withData(fact, number);
            } else if (value instanceof Boolean truth) {
                response.withData(fact, truth);
            } else {
                response.withData(fact, String.valueOf(value));
            }
        });
        return response.build();
    }
}
