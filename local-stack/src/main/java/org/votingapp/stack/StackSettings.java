package org.votingapp.stack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.votingapp.runtime.redis.RedisAddress;
import org.votingapp.runtime.settings.InvalidSettingException;
import org.votingapp.runtime.settings.PollSettings;
import org.votingapp.runtime.settings.Settings;
import org.votingapp.stack.liberty.ServerKind;

/**
 * The local stack's settings, from environment variables: its own ({@code VOTE_PORT}, {@code RESULT_PORT},
 * {@code WORKER_PORT}, {@code ORGANISER_PORT}, {@code DATA_DIR}, {@code LOCAL_STACK_WITHOUT}), and all of production's.
 *
 * @param ports the port of each server
 * @param dataFolder the folder of all data
 * @param without servers that are not started, such as those that run in development
 * @param externalRedis whether {@code REDIS_URL} names a Redis; then none is started
 * @param externalPostgres whether {@code DB_HOST} names a Postgres; then none is started
 * @param environment all variables, unchanged but for {@code POLLS_FILE} and {@code ORGANISERS_FILE}, which are absolute
 */
public record StackSettings(
        Map<ServerKind, Integer> ports,
        Path dataFolder,
        Set<ServerKind> without,
        boolean externalRedis,
        boolean externalPostgres,
        Map<String, String> environment) {

    private static final int HIGHEST_PORT = 65_535;

    /** Copies the collections. */
    public StackSettings {
        ports = Map.copyOf(ports);
        without = Set.copyOf(without);
        environment = Map.copyOf(environment);
    }

    /**
     * Reads and checks the settings, those of the poll and of Redis included.
     *
     * @param root the project's folder; a relative data folder or file is resolved against it
     * @throws InvalidSettingException naming the first invalid one
     */
    public static StackSettings read(Map<String, String> environment, Path root) {
        Properties defaults = productionDefaults();
        Settings settings = Settings.from(property -> Optional.ofNullable(environment.get(Settings.variable(property)))
                .or(() -> Optional.ofNullable(defaults.getProperty(property))));
        PollSettings.read(settings);
        RedisAddress.read(settings);
        boolean externalPostgres = settings.optional("db.host").isPresent();
        if (externalPostgres) {
            settings.required("db.user", "the role that owns the database, since DB_HOST is set");
            settings.required("db.password", "its password, since DB_HOST is set");
        }
        return new StackSettings(
                ports(settings),
                root.resolve(settings.optional("data.dir").orElse("data"))
                        .toAbsolutePath()
                        .normalize(),
                without(settings),
                Optional.ofNullable(environment.get("REDIS_URL"))
                        .filter(url -> !url.isBlank())
                        .isPresent(),
                externalPostgres,
                withAbsoluteFiles(environment, root));
    }

    /** Servers have other working folders. */
    private static Map<String, String> withAbsoluteFiles(Map<String, String> environment, Path root) {
        Map<String, String> absolute = new TreeMap<>(environment);
        for (String variable : List.of("POLLS_FILE", "ORGANISERS_FILE")) {
            absolute.computeIfPresent(
                    variable,
                    (name, file) -> file.isBlank()
                            ? file
                            : root.resolve(file.strip())
                                    .toAbsolutePath()
                                    .normalize()
                                    .toString());
        }
        return absolute;
    }

    private static Map<ServerKind, Integer> ports(Settings settings) {
        Map<ServerKind, Integer> ports = new EnumMap<>(ServerKind.class);
        Set<Integer> taken = new HashSet<>();
        for (ServerKind kind : ServerKind.values()) {
            String property = kind.server() + ".port";
            int port = settings.optional(property).isPresent()
                    ? settings.integer(property, 1, HIGHEST_PORT)
                    : kind.defaultPort();
            if (!taken.add(port)) {
                throw Settings.invalid(
                        property, Integer.toString(port), "another port than those of the other servers");
            }
            ports.put(kind, port);
        }
        return ports;
    }

    private static Set<ServerKind> without(Settings settings) {
        Set<ServerKind> without = EnumSet.noneOf(ServerKind.class);
        for (String name : settings.optional("local.stack.without").orElse("").split(",")) {
            if (!name.isBlank()) {
                without.add(ServerKind.named(name.strip())
                        .orElseThrow(() -> Settings.invalid(
                                "local.stack.without",
                                name,
                                "names of servers with commas between: vote, result, worker, organiser")));
            }
        }
        return without;
    }

    private static Properties productionDefaults() {
        Properties defaults = new Properties();
        try (InputStream file = PollSettings.class.getResourceAsStream("/META-INF/microprofile-config.properties")) {
            defaults.load(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return defaults;
    }

    /** The variables of a server's own role in an external Postgres, under the names that the server reads. */
    Map<String, String> externalRole(ServerKind kind) {
        Map<String, String> role = new TreeMap<>();
        for (String name : Set.of("DB_USER", "DB_PASSWORD")) {
            Optional.ofNullable(environment.get(kind.name() + "_" + name)).ifPresent(value -> role.put(name, value));
        }
        return role;
    }
}
