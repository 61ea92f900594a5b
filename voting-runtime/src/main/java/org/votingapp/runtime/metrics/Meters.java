package org.votingapp.runtime.metrics;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.function.Supplier;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricID;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.Tag;
import org.eclipse.microprofile.metrics.Timer;

/**
 * Registers what {@code /metrics} shows (MicroProfile Metrics 5.1).
 *
 * <p>Code that counts knows an interface of its own. One class a server, in its package {@code metrics}, implements the
 * interface and registers everything here. Dependent and not a singleton, since this archive has bean discovery
 * {@code annotated}, which does not find singletons. Thread-safe.
 */
@Dependent
public class Meters {

    private final MetricRegistry registry;

    /** @param registry the application's */
    @Inject
    public Meters(MetricRegistry registry) {
        this.registry = registry;
    }

    /** A counter, whose name gets the suffix {@code _total}. */
    public Counter counter(String name, String description, Tag... tags) {
        return registry.counter(metadata(name, description, MetricUnits.NONE), tags);
    }

    /** A timer, in seconds. */
    public Timer timer(String name, String description, Tag... tags) {
        return registry.timer(metadata(name, description, MetricUnits.SECONDS), tags);
    }

    /** A value that is looked up at each scrape, so the supplier must neither wait nor fail. */
    public void gauge(String name, String description, Supplier<? extends Number> value, Tag... tags) {
        registry.gauge(metadata(name, description, MetricUnits.NONE), value::get, tags);
    }

    /** Takes a gauge away, where there is one. */
    public void removeGauge(String name, Tag... tags) {
        registry.remove(new MetricID(name, tags));
    }

    private static Metadata metadata(String name, String description, String unit) {
        return Metadata.builder()
                .withName(name)
                .withDescription(description)
                .withUnit(unit)
                .build();
    }
}
