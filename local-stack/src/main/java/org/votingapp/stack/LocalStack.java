package org.votingapp.stack;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The whole system on one machine: Postgres, Redis, and the Liberty servers.
 *
 * <p>{@link Builder#open} takes hold of the data folder and checks that all can start; {@link #start} starts all parts
 * at once and waits until they are ready, while {@link #supervise} also starts again what dies. {@link #close} ends the
 * servers first, so that requests under way find their stores, then the stores.
 */
public final class LocalStack implements AutoCloseable {

    private static final Duration CONNECT_LIMIT = Duration.ofMillis(500);

    private final DataFolder data;
    private final List<LibertyPart> servers;
    private final Map<ServerKind, Map<String, String>> told;
    private final Optional<RedisPart> redis;
    private final Optional<PostgresPart> postgres;
    private final Progress progress;
    private Optional<Supervisor> supervisor = Optional.empty();

    private LocalStack(
            DataFolder data,
            List<LibertyPart> servers,
            Map<ServerKind, Map<String, String>> told,
            Optional<RedisPart> redis,
            Optional<PostgresPart> postgres,
            Progress progress) {
        this.data = data;
        this.servers = List.copyOf(servers);
        this.told = Map.copyOf(told);
        this.redis = redis;
        this.postgres = postgres;
        this.progress = progress;
    }

    /** Describes a stack that runs from a built checkout. */
    public static Builder of(Path root) {
        return new Builder(root);
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

    /** The servers of one kind, in the order of their names. */
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

    /** The embedded Redis. */
    public RedisPart redis() {
        return redis.orElseThrow(() -> new IllegalStateException("this stack uses a Redis of somebody else"));
    }

    /** The embedded Postgres. */
    public PostgresPart postgres() {
        return postgres.orElseThrow(() -> new IllegalStateException("this stack uses a Postgres of somebody else"));
    }

    /** The variables by which a server of this kind finds the rest of the stack, secrets included. */
    public Map<String, String> told(ServerKind kind) {
        return told.get(kind);
    }

    /** Where it keeps everything. */
    public DataFolder data() {
        return data;
    }

    /**
     * Starts all parts at once and waits until each is ready.
     *
     * @throws StackException naming the first part that is not ready in time
     */
    public LocalStack start(Duration limit) {
        inParallel(parts(), part -> {
            part.start();
            part.awaitReady(limit);
        });
        return this;
    }

    /** Starts all parts at once, and again whenever they die; returns at once. */
    public Supervisor supervise() {
        Supervisor started = new Supervisor(parts(), progress);
        supervisor = Optional.of(started);
        started.start();
        return started;
    }

    /**
     * Ends all parts in good order, servers before stores, and lets go of the data folder.
     *
     * @throws StackException where something did not go as it should; all parts are ended all the same
     */
    @Override
    public void close() {
        // Whoever is about to start a part would otherwise leave it running.
        data.endStarts();
        supervisor.ifPresent(Supervisor::close);
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

    /** Says what a stack consists of. Without further calls: every part once, on free ports. */
    public static final class Builder {

        private static final String VOTER_KEY = "voter-key";

        private final Path root;
        private final Map<ServerKind, Integer> counts = new EnumMap<>(ServerKind.class);
        private final Map<ServerKind, Integer> firstPorts = new EnumMap<>(ServerKind.class);
        private final Map<ServerKind, Map<String, String>> environments = new EnumMap<>(ServerKind.class);
        private final Map<String, String> redisSettings = new TreeMap<>();
        private final Map<String, String> postgresSettings = new TreeMap<>();
        private Path dataFolder;
        private Map<String, String> inherited;
        private boolean embeddedRedis = true;
        private boolean embeddedPostgres = true;
        private Progress progress = (part, line) -> {};

        private Builder(Path root) {
            this.root = root;
            this.dataFolder = root.resolve("data");
            this.inherited = new HashMap<>();
            for (String name : List.of("PATH", "HOME", "LANG", "TMPDIR", "HOSTNAME")) {
                Optional.ofNullable(System.getenv(name)).ifPresent(value -> inherited.put(name, value));
            }
            for (ServerKind kind : ServerKind.values()) {
                counts.put(kind, 1);
                environments.put(kind, new TreeMap<>());
            }
        }

        /** Takes over what a person set. */
        public Builder settings(StackSettings settings) {
            dataFolder = settings.dataFolder();
            inherited = settings.environment();
            firstPorts.putAll(settings.ports());
            settings.without().forEach(kind -> counts.put(kind, 0));
            embeddedRedis = !settings.externalRedis();
            embeddedPostgres = !settings.externalPostgres();
            environments.get(ServerKind.RESULT).putAll(settings.externalReader());
            return this;
        }

        /** Where everything is kept; one stack at a time. */
        public Builder dataFolder(Path folder) {
            dataFolder = folder;
            return this;
        }

        /** How many servers of a kind; 0 leaves them out. */
        public Builder count(ServerKind kind, int count) {
            counts.put(kind, count);
            return this;
        }

        /** A variable for all servers of a kind. */
        public Builder set(ServerKind kind, String variable, String value) {
            environments.get(kind).put(variable, value);
            return this;
        }

        /** A variable for all servers. */
        public Builder set(String variable, String value) {
            environments.values().forEach(environment -> environment.put(variable, value));
            return this;
        }

        /** A directive of {@code redis.conf}. */
        public Builder redis(String directive, String value) {
            redisSettings.put(directive, value);
            return this;
        }

        /** A parameter of Postgres. */
        public Builder postgres(String parameter, String value) {
            postgresSettings.put(parameter, value);
            return this;
        }

        /** Who is told what each part does. */
        public Builder progress(Progress listener) {
            progress = listener;
            return this;
        }

        /**
         * Takes hold of the data folder, ends what an earlier stack left running from it, and checks the ports.
         *
         * @throws StackException where something keeps the stack from starting
         */
        public LocalStack open() {
            if (embeddedPostgres) {
                PostgresPart.checkUser();
            }
            DataFolder data = DataFolder.open(dataFolder);
            try {
                data.checkSpace();
                data.processes().endOrphans(progress);
                Processes.checkNobodyWorksIn(data.folder());
                return new Assembly(data).stack();
            } catch (RuntimeException failed) {
                data.close();
                throw failed;
            }
        }

        /** The parts, put together: who is told of whom. */
        private final class Assembly {

            private final DataFolder data;
            private final Path cache = root.resolve("target").resolve("local-stack");
            private final HttpClient http = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT_LIMIT)
                    .build();
            private final Secrets secrets;
            private final Ports ports;

            Assembly(DataFolder data) {
                this.data = data;
                this.secrets = new Secrets(data.folder());
                this.ports = new Ports(data.folder());
            }

            LocalStack stack() {
                Optional<RedisPart> redis = embeddedRedis
                        ? Optional.of(new RedisPart(
                                data,
                                cache,
                                ports.keep(RedisPart.NAME),
                                new RedisUsers(secrets),
                                redisSettings,
                                progress))
                        : Optional.empty();
                Optional<PostgresPart> postgres = embeddedPostgres
                        ? Optional.of(new PostgresPart(
                                data, cache, ports.keep(PostgresPart.NAME), secrets, postgresSettings, progress))
                        : Optional.empty();
                checkChosenPorts();
                List<LibertyPart> servers = new ArrayList<>();
                Map<ServerKind, Map<String, String>> told = new EnumMap<>(ServerKind.class);
                for (ServerKind kind : ServerKind.values()) {
                    told.put(kind, told(kind, redis, postgres));
                    for (int number = 1; number <= counts.get(kind); number++) {
                        servers.add(server(kind, number, told.get(kind)));
                    }
                }
                return new LocalStack(data, servers, told, redis, postgres, progress);
            }

            private void checkChosenPorts() {
                firstPorts.forEach((kind, port) -> {
                    if (counts.get(kind) > 0 && !Ports.isFree(port)) {
                        throw new StackException(
                                "Port %d, which the %s server is to use, is taken by another program, or may not be used. %s names another port."
                                        .formatted(port, kind.server(), kind.portVariable()));
                    }
                });
            }

            private LibertyPart server(ServerKind kind, int number, Map<String, String> told) {
                String name = number == 1 ? kind.server() : kind.server() + "-" + number;
                Map<String, String> environment = new ServerEnvironment(kind, inherited)
                        .with(told)
                        .withDefaults(Map.of("WORKER_NAME", name))
                        .variables();
                return new LibertyPart(
                        name, kind, port(kind, number, name), root, data, cache, environment, http, progress);
            }

            /** The settings of servers of a kind: those in the stack's own environment, and what the stack adds. */
            private Map<String, String> told(
                    ServerKind kind, Optional<RedisPart> redis, Optional<PostgresPart> postgres) {
                ServerEnvironment added = new ServerEnvironment(kind, ServerEnvironment.settingsIn(inherited));
                Map<String, String> defaults = new HashMap<>();
                // Before any other secret is made.
                if (kind == ServerKind.VOTE
                        && !added.variables().containsKey("VOTER_KEY")
                        && !environments.get(kind).containsKey("VOTER_KEY")) {
                    defaults.put("VOTER_KEY", voterKey(redis));
                }
                redis.filter(store -> kind != ServerKind.RESULT).ifPresent(store -> added.with(store.variables(kind)));
                postgres.ifPresent(store ->
                        added.with(kind == ServerKind.RESULT ? store.readerVariables() : store.writerVariables()));
                added.with(environments.get(kind));
                defaults.put("DB_READER", PostgresPart.READER);
                defaults.put("RESULT_URL", link(ServerKind.RESULT));
                defaults.put("VOTE_URL", link(ServerKind.VOTE));
                return added.withDefaults(defaults).variables();
            }

            /** Where votes are kept already, another key than theirs would let their voters vote again. */
            private String voterKey(Optional<RedisPart> redis) {
                if (!secrets.has(VOTER_KEY)
                        && redis.filter(RedisPart::keptVotes).isPresent()) {
                    throw secrets.lost("holds no " + VOTER_KEY + ", and voters have voted");
                }
                return secrets.get(VOTER_KEY);
            }

            private String link(ServerKind kind) {
                return "http://{host}:%d/".formatted(port(kind, 1, kind.server()));
            }

            /** As set, where a person set it; it must be free. Else any free one. */
            private int port(ServerKind kind, int number, String name) {
                boolean chosen = firstPorts.containsKey(kind) && number == 1;
                return chosen ? firstPorts.get(kind) : ports.keep(name);
            }
        }
    }
}
