package org.votingapp.vote.health;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.votingapp.vote.casting.CastCounter;
import org.votingapp.vote.casting.CastStatus;

/** {@code votes_cast_total{outcome="…"}} in {@code /metrics}: what became of the votes that this server was asked to cast. */
@Singleton
public class CastMetrics implements CastCounter {

    private final Map<CastStatus, Counter> counters = new EnumMap<>(CastStatus.class);

    /** Registers a counter an outcome, so that each is there with 0 from the start. */
    @Inject
    public CastMetrics(MetricRegistry registry) {
        Metadata metadata = Metadata.builder()
                .withName("votes_cast")
                .withDescription("Votes that this server was asked to cast, by what became of them")
                .build();
        for (CastStatus status : CastStatus.values()) {
            Tag outcome = new Tag("outcome", status.name().toLowerCase(Locale.ROOT));
            counters.put(status, registry.counter(metadata, outcome));
        }
    }

    @Override
    public void count(CastStatus status) {
        counters.get(status).inc();
    }
}
