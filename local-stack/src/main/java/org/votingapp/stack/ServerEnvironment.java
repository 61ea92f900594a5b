package org.votingapp.stack;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a server is told by variables: everything of the stack's own environment but secrets that are none of its
 * business, then what the stack adds.
 */
final class ServerEnvironment {

    /** Names of settings that only some servers may see, by prefix. */
    private static final Map<String, Set<ServerKind>> PRIVATE = Map.of(
            "DB_", Set.of(ServerKind.WORKER, ServerKind.RESULT),
            "REDIS_", Set.of(ServerKind.VOTE, ServerKind.WORKER),
            "VOTER_KEY", Set.of(ServerKind.VOTE),
            "RESULT_DB_", Set.of());

    /** What the names of settings begin with; other variables are the system's and the shell's. */
    private static final Set<String> SETTINGS = Set.of(
            "POLL_",
            "OPTION_",
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

    ServerEnvironment(ServerKind kind, Map<String, String> inherited) {
        this.kind = kind;
        this.variables = new TreeMap<>(inherited);
        variables.keySet().removeIf(name -> !mayKnow(name));
    }

    /** Those of some variables that are settings of a server. */
    static Map<String, String> settingsIn(Map<String, String> environment) {
        Map<String, String> settings = new HashMap<>(environment);
        settings.keySet().removeIf(name -> SETTINGS.stream().noneMatch(name::startsWith));
        return settings;
    }

    private boolean mayKnow(String name) {
        return PRIVATE.entrySet().stream()
                .filter(entry -> name.startsWith(entry.getKey()))
                .allMatch(entry -> entry.getValue().contains(kind));
    }

    /** Adds variables of which this server may know, in place of inherited ones. */
    ServerEnvironment with(Map<String, String> added) {
        added.forEach((name, value) -> {
            if (mayKnow(name)) {
                variables.put(name, value);
            }
        });
        return this;
    }

    /** Adds variables where nothing is set yet. */
    ServerEnvironment withDefaults(Map<String, String> defaults) {
        Map<String, String> absent = new HashMap<>(defaults);
        absent.keySet().removeAll(variables.keySet());
        return with(absent);
    }

    Map<String, String> variables() {
        return Map.copyOf(variables);
    }
}
