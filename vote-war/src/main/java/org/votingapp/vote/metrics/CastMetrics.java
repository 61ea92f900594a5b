package org.votingapp.vote.metrics;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Tag;
import org.votingapp.runtime.metrics.Meters;
import org.votingapp.vote.casting.CastCounter;
import org.votingapp.vote.casting.CastStatus;

/** Publishes {@code votes_cast_total{outcome="…"}} and {@code votes_from_one_address_share} ({@link AddressShare}). */
@Singleton
public class CastMetrics implements CastCounter {

    private final Map<CastStatus, Counter> counters = new EnumMap<>(CastStatus.class);
    private final AddressShare addresses = new AddressShare(System::nanoTime);

    /** Registers a counter for each outcome, so that each starts with 0, and the share. */
    @Inject
    public CastMetrics(Meters meters) {
        for (CastStatus status : CastStatus.values()) {
            counters.put(
                    status,
                    meters.counter(
                            "votes_cast",
                            "Votes that this server was asked to cast, by what became of them",
                            new Tag("outcome", status.name().toLowerCase(Locale.ROOT))));
        }
        meters.gauge(
                "votes_from_one_address_share",
                "The share of one address in the votes of the last minute, where it is most of them; else 0",
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
