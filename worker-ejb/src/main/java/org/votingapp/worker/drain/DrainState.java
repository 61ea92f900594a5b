package org.votingapp.worker.drain;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.votingapp.runtime.health.Heartbeat;

/** The progress of the worker, for its health checks. Thread-safe. */
@Singleton
public class DrainState {

    private final List<Heartbeat> heartbeats = new CopyOnWriteArrayList<>();

    private volatile Optional<String> schemaVersion = Optional.empty();
    private volatile Optional<String> refusal = Optional.empty();

    void prepared(String version) {
        schemaVersion = Optional.of(version);
    }

    void refused(String why) {
        refusal = Optional.of(why);
    }

    void started(Heartbeat heartbeat) {
        heartbeats.add(heartbeat);
    }

    /** The version of the schema; empty until schema and poll are prepared. */
    public Optional<String> schemaVersion() {
        return schemaVersion;
    }

    /** Why the configured poll was refused last; empty where it never was. */
    public Optional<String> refusal() {
        return refusal;
    }

    /** The number of loops that were started. */
    public int loops() {
        return heartbeats.size();
    }

    /** The age of the oldest heartbeat; empty before the first loop starts. */
    public Optional<Duration> oldestHeartbeat() {
        return heartbeats.stream().map(Heartbeat::age).max(Comparator.naturalOrder());
    }
}
