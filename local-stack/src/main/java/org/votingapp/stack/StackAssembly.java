package org.votingapp.stack;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.votingapp.stack.data.DataFolder;
import org.votingapp.stack.data.Ports;
import org.votingapp.stack.data.Secrets;
import org.votingapp.stack.liberty.LibertyPart;
import org.votingapp.stack.liberty.ServerEnvironment;
import org.votingapp.stack.liberty.ServerKind;
import org.votingapp.stack.postgres.PostgresPart;
import org.votingapp.stack.postgres.PostgresRoles;
import org.votingapp.stack.redis.RedisPart;
import org.votingapp.stack.redis.RedisUsers;
import org.votingapp.stack.terminal.StackException;

/** Creates the parts that a {@link StackDescription} asks for, and tells each server how to reach the others. */
final class StackAssembly {

    private static final Duration CONNECT_LIMIT = Duration.ofMillis(500);
    private static final String VOTER_KEY = "voter-key";
    private static final String RESULT_PASS_KEY = "result-pass-key";
    private static final Set<ServerKind> SEE_RESULTS = EnumSet.of(ServerKind.VOTE, ServerKind.RESULT);
    private static final Set<ServerKind> USE_REDIS = EnumSet.of(ServerKind.VOTE, ServerKind.WORKER);

    private final StackDescription described;
    private final DataFolder data;
    private final Path cache;
    private final Secrets secrets;
    private final FirstOrganiser organisers;
    private final Ports ports;
    private final ServerPorts serverPorts;

    StackAssembly(StackDescription described, DataFolder data) {
        this.described = described;
        this.data = data;
        this.cache = cache(described.root());
        this.secrets = new Secrets(data.folder());
        this.organisers = new FirstOrganiser(data.folder(), secrets);
        this.ports = new Ports(data.folder());
        this.serverPorts = new ServerPorts(described.chosenPorts(), ports);
    }

    /** The folder that the stacks of one checkout share. */
    private static Path cache(Path root) {
        return root.resolve("target").resolve("local-stack");
    }

    /**
     * Creates the parts; none is started.
     *
     * @throws StackException where a chosen port is taken, or a secret is lost
     */
    LocalStack stack() {
        Optional<RedisPart> redis = described.embeddedRedis() ? Optional.of(redis()) : Optional.empty();
        Optional<PostgresPart> postgres = described.embeddedPostgres() ? Optional.of(postgres()) : Optional.empty();
        for (ServerKind kind : ServerKind.values()) {
            if (described.count(kind) > 0) {
                serverPorts.check(kind);
            }
        }
        Map<ServerKind, Map<String, String>> settings = new EnumMap<>(ServerKind.class);
        for (ServerKind kind : ServerKind.values()) {
            settings.put(kind, settings(kind, redis, postgres));
        }
        return new LocalStack(data, servers(settings), settings, redis, postgres, organisers, described.progress());
    }

    private RedisPart redis() {
        return new RedisPart(
                data,
                cache,
                ports.keep(RedisPart.NAME),
                new RedisUsers(secrets),
                described.redisSettings(),
                described.progress());
    }

    private PostgresPart postgres() {
        return new PostgresPart(
                data,
                cache,
                ports.keep(PostgresPart.NAME),
                secrets,
                described.postgresSettings(),
                described.progress());
    }

    private List<LibertyPart> servers(Map<ServerKind, Map<String, String>> settings) {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_LIMIT)
                .build();
        List<LibertyPart> servers = new ArrayList<>();
        settings.forEach((kind, variables) -> {
            for (int number = 1; number <= described.count(kind); number++) {
                servers.add(server(kind, number, variables, http));
            }
        });
        return servers;
    }

    private LibertyPart server(ServerKind kind, int number, Map<String, String> settings, HttpClient http) {
        String name = kind.name(number);
        Path root = described.root(name);
        Map<String, String> environment = new ServerEnvironment(kind, described.inherited())
                .with(settings)
                .withDefaults(Map.of("WORKER_NAME", name))
                .variables();
        return new LibertyPart(
                name,
                kind,
                serverPorts.of(kind, number),
                root,
                data,
                cache(root),
                environment,
                http,
                described.progress());
    }

    /** The settings of the servers of a kind: from the stack's own environment, its stores, and the description. */
    private Map<String, String> settings(ServerKind kind, Optional<RedisPart> redis, Optional<PostgresPart> postgres) {
        Map<String, String> wanted = described.variables(kind);
        ServerEnvironment environment =
                new ServerEnvironment(kind, ServerEnvironment.settingsIn(described.inherited()));
        // First, since it must fail before any other secret is created.
        if (kind == ServerKind.VOTE
                && !environment.variables().containsKey("VOTER_KEY")
                && !wanted.containsKey("VOTER_KEY")) {
            environment.with(Map.of("VOTER_KEY", voterKey(redis)));
        }
        if (SEE_RESULTS.contains(kind)
                && !environment.variables().containsKey("RESULT_PASS_KEY")
                && !wanted.containsKey("RESULT_PASS_KEY")) {
            environment.with(Map.of("RESULT_PASS_KEY", secrets.get(RESULT_PASS_KEY)));
        }
        redis.filter(store -> USE_REDIS.contains(kind)).ifPresent(store -> environment.with(store.variables(kind)));
        postgres.ifPresent(store -> environment.with(role(kind, store)));
        if (kind == ServerKind.ORGANISER && needsOrganisers(environment.variables(), wanted)) {
            environment.with(Map.of("ORGANISERS_FILE", organisers.file().toString()));
        }
        if (described.count(ServerKind.ORGANISER) > 0) {
            environment.withDefaults(Map.of("ORGANISER_URL", link(ServerKind.ORGANISER)));
        }
        if (kind == ServerKind.ORGANISER) {
            environment.withDefaults(Map.of("RESULT_SERVERS", resultServers()));
        }
        return environment
                .with(wanted)
                .withDefaults(Map.of(
                        "DB_READER",
                        PostgresRoles.READER,
                        "RESULT_URL",
                        link(ServerKind.RESULT),
                        "VOTE_URL",
                        link(ServerKind.VOTE)))
                .variables();
    }

    private static Map<String, String> role(ServerKind kind, PostgresPart postgres) {
        return switch (kind) {
            case RESULT -> postgres.readerVariables();
            case ORGANISER -> postgres.organiserVariables();
            default -> postgres.writerVariables();
        };
    }

    /** Whether nobody has said who the organisers are. */
    private boolean needsOrganisers(Map<String, String> given, Map<String, String> wanted) {
        return described.hasOrganisers()
                && Stream.of("ORGANISERS", "ORGANISERS_FILE")
                        .noneMatch(name -> given.containsKey(name) || wanted.containsKey(name));
    }

    /** The key kept in the data folder; with a new one, voters whose votes are kept could vote again. */
    private String voterKey(Optional<RedisPart> redis) {
        if (!secrets.has(VOTER_KEY) && redis.filter(RedisPart::keptVotes).isPresent()) {
            throw secrets.lost("holds no " + VOTER_KEY + ", and voters have voted");
        }
        return secrets.get(VOTER_KEY);
    }

    /** The one that runs from its module where the stack has none. */
    private String resultServers() {
        return IntStream.rangeClosed(1, Math.max(1, described.count(ServerKind.RESULT)))
                .mapToObj(number -> "http://127.0.0.1:" + serverPorts.of(ServerKind.RESULT, number))
                .collect(Collectors.joining(","));
    }

    private String link(ServerKind kind) {
        return "http://{host}:" + serverPorts.of(kind, 1) + "/";
    }
}
