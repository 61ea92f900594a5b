package org.votingapp.stack.liberty;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The environment variables of a server: the stack's own, without the secrets of other servers, and what the stack
 * adds.
 */
public final class ServerEnvironment {

    /** Prefixes of settings that only some servers may know. */
    private static final Map<String, Set<ServerKind>> PRIVATE = Map.of(
            "DB_", Set.of(ServerKind.WORKER, ServerKind.RESULT, ServerKind.ORGANISER),
            "REDIS_", Set.of(ServerKind.VOTE, ServerKind.WORKER),
            "POLLS_", Set.of(ServerKind.WORKER),
            "BALLOT_", Set.of(ServerKind.WORKER),
            "ORGANISERS", Set.of(ServerKind.ORGANISER),
            "OIDC_", Set.of(ServerKind.ORGANISER),
            "VOTER_KEY", Set.of(ServerKind.VOTE),
            "RESULT_PASS_KEY", Set.of(ServerKind.VOTE, ServerKind.RESULT),
            "RESULT_DB_", Set.of(),
            "ORGANISER_DB_", Set.of());

    /** Prefixes of all settings; other variables belong to the system and the shell. */
    private static final Set<String> SETTINGS = Set.of(
            "POLL_",
            "POLLS_",
            "BALLOT_",
            "OPTION_",
            "ORGANISER_",
            "ORGANISERS",
            "OIDC_",
            "VOTE_",
            "VOTER_",
            "WORKER_",
            "RESULT_",
            "RESULTS_",
            "REDIS_",
            "DB_",
            "HTTP_HOST",
            "HTTP_KEEP_ALIVE",
            "HTTP_MAX_CONNECTIONS",
            "HTTP_PORT",
            "TRUSTED_",
            "WLP_LOGGING_");

    private final ServerKind kind;
    private final Map<String, String> variables;

    /** Begins with those of the inherited variables that this kind of server may know. */
    public ServerEnvironment(ServerKind kind, Map<String, String> inherited) {
        this.kind = kind;
        this.variables = new TreeMap<>(inherited);
        variables.keySet().removeIf(name -> !mayKnow(name));
    }

    /** The variables among these that are settings of a server. */
    public static Map<String, String> settingsIn(Map<String, String> environment) {
        Map<String, String> settings = new HashMap<>(environment);
        settings.keySet().removeIf(name -> SETTINGS.stream().noneMatch(name::startsWith));
        return settings;
    }

    private boolean mayKnow(String name) {
        return PRIVATE.entrySet().stream()
                .filter(entry -> name.startsWith(entry.getKey()))
                .allMatch(entry -> entry.getValue().contains(kind));
    }

    /** Adds those that this server may know, in place of inherited ones. */
    public ServerEnvironment with(Map<String, String> added) {
        added.forEach((name, value) -> {
            if (mayKnow(name)) {
                variables.put(name, value);
            }
        });
        return this;
    }

    /** Adds those that are not set yet. */
    public ServerEnvironment withDefaults(Map<String, String> defaults) {
        Map<String, String> absent = new HashMap<>(defaults);
        absent.keySet().removeAll(variables.keySet());
        return with(absent);
    }

    /** The variables so far. */
    public Map<String, String> variables() {
        return Map.copyOf(variables);
    }
}
