package org.votingapp.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.votingapp.stack.data.DataFolder;
import org.votingapp.stack.liberty.LibertyPart;
import org.votingapp.stack.liberty.ServerKind;
import org.votingapp.stack.postgres.PostgresPart;
import org.votingapp.stack.process.Part;
import org.votingapp.stack.process.Supervisor;
import org.votingapp.stack.redis.RedisPart;
import org.votingapp.stack.terminal.Progress;
import org.votingapp.stack.terminal.StackException;

/**
 * The whole system on one machine: Postgres, Redis, and the Liberty servers.
 *
 * <p>{@link StackDescription#open} creates it. {@link #start} starts all parts at once and waits until they are ready;
 * {@link #supervise} also restarts what dies. {@link #close} ends the servers before the stores, so that requests under
 * way still find them.
 */
public final class LocalStack implements AutoCloseable {

    private final DataFolder data;
    private final List<LibertyPart> servers;
    private final Map<ServerKind, Map<String, String>> settings;
    private final Optional<RedisPart> redis;
    private final Optional<PostgresPart> postgres;
    private final FirstOrganiser organisers;
    private final Progress progress;
    private final List<Supervisor> supervisors = new CopyOnWriteArrayList<>();

    LocalStack(
            DataFolder data,
            List<LibertyPart> servers,
            Map<ServerKind, Map<String, String>> settings,
            Optional<RedisPart> redis,
            Optional<PostgresPart> postgres,
            FirstOrganiser organisers,
            Progress progress) {
        this.data = data;
        this.servers = List.copyOf(servers);
        this.settings = Map.copyOf(settings);
        this.redis = redis;
        this.postgres = postgres;
        this.organisers = organisers;
        this.progress = progress;
    }

    /** Describes a stack that runs from a built checkout. */
    public static StackDescription of(Path root) {
        return new StackDescription(root);
    }

    /** All parts, stores first. */
    public List<Part> parts() {
        return Stream.concat(stores().stream(), servers.stream()).toList();
    }

    private List<Part> stores() {
        return Stream.<Optional<? extends Part>>of(redis, postgres)
                .flatMap(Optional::stream)
                .map(Part.class::cast)
                .toList();
    }

    /** All servers, in the order of their kinds and numbers. */
    public List<LibertyPart> servers() {
        return servers;
    }

    /** The servers of one kind, in the order of their numbers. */
    public List<LibertyPart> servers(ServerKind kind) {
        return servers.stream().filter(server -> server.kind() == kind).toList();
    }

    /** The first vote server. */
    public LibertyPart vote() {
        return servers(ServerKind.VOTE).get(0);
    }

    /** The first result server. */
    public LibertyPart result() {
        return servers(ServerKind.RESULT).get(0);
    }

    /** The first worker. */
    public LibertyPart worker() {
        return servers(ServerKind.WORKER).get(0);
    }

    /** The first organiser server. */
    public LibertyPart organiser() {
        return servers(ServerKind.ORGANISER).get(0);
    }

    /** Who can log in to an organiser server at first. */
    FirstOrganiser firstOrganiser() {
        return organisers;
    }

    /** The embedded Redis. */
    public RedisPart redis() {
        return redis.orElseThrow(() -> new IllegalStateException("this stack uses a Redis of somebody else"));
    }

    /** The embedded Postgres. */
    public PostgresPart postgres() {
        return postgres.orElseThrow(() -> new IllegalStateException("this stack uses a Postgres of somebody else"));
    }

    /** The settings that all servers of this kind have, secrets and the addresses of the others included. */
    public Map<String, String> settings(ServerKind kind) {
        return settings.get(kind);
    }

    /** The folder of all its data. */
    public DataFolder data() {
        return data;
    }

    /**
     * Starts all parts at once and waits until each is ready.
     *
     * @throws StackException naming a part that is not ready in time
     */
    public LocalStack start(Duration limit) {
        inParallel(parts(), part -> {
            part.start();
            part.awaitReady(limit);
        });
        return this;
    }

    /** Starts all parts at once but the organiser servers, and restarts each that dies; returns at once. */
    public Supervisor supervise() {
        List<Part> first = new ArrayList<>(parts());
        first.removeAll(servers(ServerKind.ORGANISER));
        return supervise(first);
    }

    /** The same for the organiser servers, whose start would delay the first voting page. */
    Supervisor superviseOrganisers() {
        return supervise(servers(ServerKind.ORGANISER));
    }

    private Supervisor supervise(List<? extends Part> some) {
        Supervisor started = new Supervisor(List.copyOf(some), progress);
        supervisors.add(started);
        started.start();
        return started;
    }

    /**
     * Shuts all parts down gracefully, servers before stores, and releases the data folder.
     *
     * @throws StackException where something failed; all parts are ended all the same
     */
    @Override
    public void close() {
        // First: a part that another thread starts now would be left running.
        data.endStarts();
        supervisors.forEach(Supervisor::close);
        Ending storesLast = () -> inParallel(stores(), this::stop);
        try (data;
                storesLast) {
            inParallel(servers, this::stop);
        }
    }

    private interface Ending extends AutoCloseable {
        @Override
        void close();
    }

    private void stop(Part part) {
        if (part.isAlive()) {
            part.stop();
            progress.report(part.name(), "has ended");
        }
    }

    private static void inParallel(List<? extends Part> parts, Consumer<Part> action) {
        CompletableFuture<?>[] all = parts.stream()
                .map(part -> CompletableFuture.runAsync(() -> action.accept(part), LocalStack::newThread))
                .toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(all).join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof StackException reason ? reason : failed;
        }
    }

    private static void newThread(Runnable task) {
        new Thread(task, "local-stack").start();
    }
}
