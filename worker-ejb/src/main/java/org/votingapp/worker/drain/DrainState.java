package org.votingapp.worker.drain;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** How far the worker has come, for its health checks. Thread-safe. */
@ApplicationScoped
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

    /** Why the configured poll may not be registered, where that is what keeps the worker from starting. */
    public Optional<String> refusal() {
        return refusal;
    }

    void started(Heartbeat heartbeat) {
        heartbeats.add(heartbeat);
    }

    /** The version of the schema, once it is there and the poll is registered. */
    public Optional<String> schemaVersion() {
        return schemaVersion;
    }

    /** How many loops were started. */
    public int loops() {
        return heartbeats.size();
    }

    /** The age of the oldest heartbeat; empty before there are loops. */
    public Optional<Duration> oldestHeartbeat() {
        return heartbeats.stream().map(Heartbeat::age).max(Comparator.naturalOrder());
    }
}
