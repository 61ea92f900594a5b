package org.votingapp.worker.metrics;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.Timer;
import org.votingapp.worker.record.Recorded;

/** Counts what this server's loops did since it started. Thread-safe. */
@ApplicationScoped
public class DrainMeter {

    private final Counter stored;
    private final Counter redelivered;
    private final Counter rejected;
    private final Timer batches;

    /** For CDI's proxy. */
    protected DrainMeter() {
        this.stored = null;
        this.redelivered = null;
        this.rejected = null;
        this.batches = null;
    }

    /** @param registry where the numbers are read */
    @Inject
    public DrainMeter(MetricRegistry registry) {
        stored = counter(registry, "worker_ballots_stored", "Ballots that this server stored");
        redelivered = counter(
                registry,
                "worker_ballots_redelivered",
                "Ballots that came again after they were recorded, and changed nothing");
        rejected = counter(registry, "worker_ballots_rejected", "Entries that this server moved to the rejected ones");
        batches = registry.timer(Metadata.builder()
                .withName("worker_batch")
                .withDescription("Time from a batch read to its acknowledgement")
                .withUnit(MetricUnits.SECONDS)
                .build());
    }

    private static Counter counter(MetricRegistry registry, String name, String description) {
        return registry.counter(
                Metadata.builder().withName(name).withDescription(description).build());
    }

    /** Ballots were recorded. */
    public void recorded(Recorded recorded) {
        stored.inc(recorded.stored());
        redelivered.inc(recorded.redelivered());
    }

    /** Entries were moved to the rejected ones. */
    public void rejected(int entries) {
        rejected.inc(entries);
    }

    /** A batch is done. */
    public void batch(long nanos) {
        batches.update(Duration.ofNanos(nanos));
    }
}
