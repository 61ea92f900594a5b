package org.votingapp.worker.health;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.votingapp.runtime.health.Finding;
import org.votingapp.runtime.health.HealthAnswers;
import org.votingapp.runtime.health.TimedCheck;
import org.votingapp.runtime.store.FailureLog;
import org.votingapp.worker.config.WorkerSettings;
import org.votingapp.worker.store.Store;
import org.votingapp.worker.stream.StreamFacts;

/** Ready: Redis answers, is new enough and has the workers' consumer group, and the drain does not fail to use it. */
@Readiness
@Singleton
public class RedisReady implements HealthCheck {

    private final FailureLog version = new FailureLog(
            Logger.getLogger(RedisReady.class.getName()),
            "Redis cannot be used",
            "this worker is not ready",
            "Redis can be used");

    private final StreamFacts stream;
    private final WorkerSettings settings;
    private final TimedCheck check;

    @Inject
    RedisReady(StoreChecks checks, StreamFacts stream, WorkerSettings settings) {
        this.stream = stream;
        this.settings = settings;
        this.check = checks.check(Store.REDIS, this::ask);
    }

    @Override
    public HealthCheckResponse call() {
        return HealthAnswers.of("redis", check.finding());
    }

    private Finding ask() {
        Optional<String> complaint = stream.version().complaint();
        if (complaint.isPresent()) {
            version.failed(complaint.get());
            return Finding.down(complaint.get());
        }
        version.works();
        return stream.group().map(this::found).orElse(Finding.down("the stream has no group of the workers yet"));
    }

    private Finding found(StreamFacts.Group group) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("consumers", settings.name() + "-1 to -" + settings.loops());
        facts.put("waiting", stream.totals().pending());
        facts.put("pending", group.pending());
        group.lag().ifPresent(lag -> facts.put("lag", lag));
        facts.put("consumers-of-group", group.consumers());
        return Finding.up(facts);
    }
}
