package org.votingapp.stack;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.votingapp.stack.data.DataFolder;
import org.votingapp.stack.liberty.ServerKind;
import org.votingapp.stack.postgres.PostgresPart;
import org.votingapp.stack.postgres.PostgresPrograms;
import org.votingapp.stack.process.Orphans;
import org.votingapp.stack.process.StrayProcesses;
import org.votingapp.stack.redis.RedisPart;
import org.votingapp.stack.terminal.Progress;
import org.votingapp.stack.terminal.StackException;

/** Describes a stack, and opens it. By default: every part once but the organiser server, on free ports. */
public final class StackDescription {

    /** The variables of this process that every server sees. */
    private static final List<String> INHERITED = List.of("PATH", "HOME", "LANG", "TMPDIR", "HOSTNAME");

    private final Path root;
    private final Map<ServerKind, Integer> counts = new EnumMap<>(ServerKind.class);
    private final Map<String, Path> checkouts = new HashMap<>();
    private final Map<ServerKind, Integer> chosenPorts = new EnumMap<>(ServerKind.class);
    private final Map<ServerKind, Map<String, String>> variables = new EnumMap<>(ServerKind.class);
    private final Map<String, String> redisSettings = new TreeMap<>();
    private final Map<String, String> postgresSettings = new TreeMap<>();
    private Path dataFolder;
    private Map<String, String> inherited = new HashMap<>();
    private boolean organisers;
    private boolean embeddedRedis = true;
    private boolean embeddedPostgres = true;
    private Progress progress = (part, line) -> {};

    StackDescription(Path root) {
        this.root = root;
        this.dataFolder = root.resolve("data");
        for (String name : INHERITED) {
            Optional.ofNullable(System.getenv(name)).ifPresent(value -> inherited.put(name, value));
        }
        for (ServerKind kind : ServerKind.values()) {
            counts.put(kind, 1);
            variables.put(kind, new TreeMap<>());
        }
        counts.put(ServerKind.ORGANISER, 0);
    }

    /** Takes over what a person set; a person's stack has an organiser server. */
    public StackDescription settings(StackSettings settings) {
        organisers = true;
        counts.put(ServerKind.ORGANISER, 1);
        dataFolder = settings.dataFolder();
        inherited = settings.environment();
        chosenPorts.putAll(settings.ports());
        settings.without().forEach(kind -> counts.put(kind, 0));
        embeddedRedis = !settings.externalRedis();
        embeddedPostgres = !settings.externalPostgres();
        variables.get(ServerKind.RESULT).putAll(settings.externalRole(ServerKind.RESULT));
        variables.get(ServerKind.ORGANISER).putAll(settings.externalRole(ServerKind.ORGANISER));
        return this;
    }

    /** The folder of all data; one stack at a time has it open. */
    public StackDescription dataFolder(Path folder) {
        dataFolder = folder;
        return this;
    }

    /** The number of servers of a kind; 0 leaves them out. */
    public StackDescription count(ServerKind kind, int count) {
        counts.put(kind, count);
        return this;
    }

    /** Runs the nth server of a kind, from 1 on, from another built checkout, such as one of an earlier release. */
    public StackDescription checkout(ServerKind kind, int number, Path folder) {
        checkouts.put(kind.name(number), folder);
        return this;
    }

    /** A variable for all servers of a kind. */
    public StackDescription set(ServerKind kind, String variable, String value) {
        variables.get(kind).put(variable, value);
        return this;
    }

    /** A variable for all servers. */
    public StackDescription set(String variable, String value) {
        variables.values().forEach(environment -> environment.put(variable, value));
        return this;
    }

    /** A directive of {@code redis.conf}. */
    public StackDescription redis(String directive, String value) {
        redisSettings.put(directive, value);
        return this;
    }

    /** A parameter of Postgres. */
    public StackDescription postgres(String parameter, String value) {
        postgresSettings.put(parameter, value);
        return this;
    }

    /** The listener that hears what each part does. */
    public StackDescription progress(Progress listener) {
        progress = listener;
        return this;
    }

    /**
     * Locks the data folder, ends what an earlier stack left running from it, and checks the ports; starts nothing.
     *
     * @throws StackException where something keeps the stack from starting
     */
    public LocalStack open() {
        if (embeddedPostgres) {
            PostgresPrograms.checkUser();
        }
        DataFolder data = DataFolder.open(dataFolder);
        try {
            data.checkSpace();
            orphans(data).end(progress);
            StrayProcesses.checkNoneWorksIn(data.folder());
            return new StackAssembly(this, data).stack();
        } catch (RuntimeException failed) {
            data.close();
            throw failed;
        }
    }

    /** The processes that an earlier stack left running from a folder. */
    static Orphans orphans(DataFolder data) {
        return new Orphans(
                data.processes(),
                Map.of(RedisPart.NAME, RedisPart.STOP_SIGNAL, PostgresPart.NAME, PostgresPart.FAST_SHUTDOWN));
    }

    Path root() {
        return root;
    }

    /** The checkout from which this server runs. */
    Path root(String server) {
        return checkouts.getOrDefault(server, root);
    }

    int count(ServerKind kind) {
        return counts.get(kind);
    }

    /** Whether somebody is to log in to an organiser server of this stack, which may be one in development. */
    boolean hasOrganisers() {
        return organisers || count(ServerKind.ORGANISER) > 0;
    }

    Map<ServerKind, Integer> chosenPorts() {
        return chosenPorts;
    }

    Map<String, String> variables(ServerKind kind) {
        return variables.get(kind);
    }

    Map<String, String> redisSettings() {
        return redisSettings;
    }

    Map<String, String> postgresSettings() {
        return postgresSettings;
    }

    Map<String, String> inherited() {
        return inherited;
    }

    boolean embeddedRedis() {
        return embeddedRedis;
    }

    boolean embeddedPostgres() {
        return embeddedPostgres;
    }

    Progress progress() {
        return progress;
    }
}
