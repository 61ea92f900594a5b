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

/**
 * {@code votes_cast_total{outcome="…"}} in {@code /metrics}: what became of the votes that this server was asked to cast; and
 * {@code votes_from_one_address_share}: the share of one address in those of the last minute, where it is more than half.
 */
@Singleton
public class CastMetrics implements CastCounter {

    private final Map<CastStatus, Counter> counters = new EnumMap<>(CastStatus.class);
    private final AddressShare addresses = new AddressShare(System::nanoTime);

    /** Registers a counter an outcome, so that each is there with 0 from the start, and the share. */
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
        registry.gauge(
                Metadata.builder()
                        .withName("votes_from_one_address_share")
                        .withDescription(
                                "The share of one address in the votes of the last minute, where it is most of them; else 0")
                        .build(),
                addresses::share);
    }

    @Override
    public void asked(String address) {
        addresses.count(address);
    }

    @Override
    public void count(CastStatus status) {
        counters.get(status).inc();
    }
}
