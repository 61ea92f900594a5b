package org.votingapp.systemtests.hardening;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.votingapp.stack.LocalStack;
import org.votingapp.stack.TestStacks;
import org.votingapp.stack.process.Part;
import org.votingapp.systemtests.shared.RawHttp;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.ClientKillParams;
import redis.clients.jedis.resps.AccessControlLogEntry;

/** Searches answers, logs, command lines and files for the secrets of the running stack. */
class SecretsIT {

    private static final List<String> PATHS = List.of(
            "/",
            "/nothing",
            "/api/nothing",
            "/health",
            "/health/ready",
            "/health/live",
            "/health/started",
            "/metrics",
            "/openapi",
            "/openapi/ui",
            "/api/poll",
            "/api/results",
            "/api/votes");

    /** Uses an address of its own, so that no other test reaches the rate limit. */
    private static final Map<String, String> JSON =
            Map.of("Content-Type", "application/json", "X-Forwarded-For", "198.51.100.7");

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Fortress fortress = Fortress.stands();

    @Test
    void noAnswerHoldsASecret() throws IOException {
        for (RawHttp server : List.of(fortress.vote(), fortress.result(), fortress.worker())) {
            for (String path : PATHS) {
                RawHttp.Answer answer = server.get(path);
                assertThat(answer.status()).as(path).isPresent();
                for (String secret : secrets()) {
                    assertThat(answer.body() + answer.headers()).as(path).doesNotContain(secret);
                }
            }
        }
    }

    /** Not even after Redis and Postgres refused a log-in, which drivers log in detail. */
    @Test
    void noLogHoldsASecret() throws IOException, SQLException {
        fortress.vote().post("/api/votes", JSON, "{");
        theStoresRefuseTheServers();

        List<String> lines = fortress.logLines();

        assertThat(lines)
                .as("refusals")
                .anyMatch(line -> line.contains("password authentication failed for user \"voting_worker\""))
                .anyMatch(line -> line.contains("password authentication failed for user \"voting_result\""));
        List<String> secrets = secrets();
        for (String line : lines) {
            assertThat(secrets).noneMatch(line::contains);
        }
    }

    /** Makes the servers connect with wrong passwords until all were refused. */
    private void theStoresRefuseTheServers() throws IOException, SQLException {
        LocalStack stack = fortress.parts();
        try (Jedis redis = stack.redis().connect();
                Connection connection = stack.postgres().connectAsSuperuser();
                Statement postgres = connection.createStatement()) {
            redis.aclLogReset();
            long refused = refusedByPostgres("voting_worker");
            long refusedReaders = refusedByPostgres("voting_result");
            try {
                for (String user : List.of("vote", "worker")) {
                    redis.aclSetUser(user, "resetpass", ">another");
                    redis.clientKill(new ClientKillParams().user(user));
                }
                for (String role : List.of("voting_worker", "voting_result")) {
                    postgres.execute("ALTER ROLE " + role + " PASSWORD 'another'");
                    postgres.execute(
                            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '" + role + "'");
                }
                Awaitility.await("Redis refuses a vote").atMost(LIMIT).until(() -> vote() == 503);
                Awaitility.await("Redis refuses both servers")
                        .atMost(LIMIT)
                        .until(() -> redis.aclLog().stream()
                                .filter(entry -> entry.getReason().equals("auth"))
                                .map(AccessControlLogEntry::getUsername)
                                .collect(Collectors.toSet())
                                .containsAll(Set.of("vote", "worker")));
                Awaitility.await("Postgres refuses both servers")
                        .atMost(LIMIT)
                        .until(() -> refusedByPostgres("voting_worker") > refused
                                && refusedByPostgres("voting_result") > refusedReaders);
            } finally {
                redis.aclLoad();
                for (String role : List.of("voting_worker", "voting_result")) {
                    postgres.execute(
                            "ALTER ROLE %s PASSWORD '%s'".formatted(role, kept().getProperty("postgres." + role)));
                }
            }
        }
        stack.parts().forEach(part -> part.awaitReady(LIMIT));
        Awaitility.await("a vote is taken").atMost(LIMIT).until(() -> vote() == 201);
    }

    private int vote() throws IOException {
        return fortress.vote().post("/api/votes", JSON, "{\"vote\":\"a\"}").code();
    }

    private long refusedByPostgres(String role) throws IOException {
        return Files.readString(fortress.parts().postgres().log(), StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> line.contains("password authentication failed for user \"" + role + "\""))
                .count();
    }

    /** Every user of the machine can read command lines. */
    @Test
    void noCommandLineHoldsASecret() throws IOException {
        List<String> secrets = secrets();
        for (Part part : fortress.parts().parts()) {
            for (long pid : part.pids()) {
                Path file = Path.of("/proc", String.valueOf(pid), "cmdline");
                if (Files.isReadable(file)) {
                    String commandLine = Files.readString(file, StandardCharsets.ISO_8859_1);
                    assertThat(secrets).noneMatch(commandLine::contains);
                }
            }
        }
    }

    @Test
    void filesWithSecretsAreReadableByTheirOwnerAlone() throws IOException {
        Path folder = fortress.parts().data().folder();
        List<String> secrets = secrets();
        try (Stream<Path> files = Stream.of("secrets.properties", "redis/redis.conf", "redis/users.acl")
                .map(folder::resolve)) {
            for (Path file : files.toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
            }
        }
        assertThat(secrets)
                .noneMatch(secret -> read(folder.resolve("redis/users.acl")).contains(secret));
    }

    /** The worker's cache: it knows the passwords of both stores. */
    @Test
    void cachesOfEarlierStartsHoldNoSecret() throws IOException {
        Path starts = TestStacks.root().resolve("target/local-stack/start/worker");
        Path before = Files.createTempDirectory(fortress.parts().data().folder(), "starts");
        for (Path start : starts(starts)) {
            Files.move(start, before.resolve(start.getFileName()));
        }

        fortress.parts().worker().stop();
        fortress.parts().worker().start();

        List<String> secrets = secrets();
        assertThat(starts(starts)).hasSize(1);
        try (Stream<Path> files = Files.walk(starts(starts).get(0))) {
            assertThat(files.filter(Files::isRegularFile)).isNotEmpty().allSatisfy(file -> {
                String content = read(file);
                assertThat(secrets).noneMatch(content::contains);
            });
        }
        fortress.parts().worker().awaitReady(LIMIT);
    }

    /** Empty if no server of this checkout has ended yet. */
    private static List<Path> starts(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> starts = Files.list(folder)) {
            return starts.filter(Files::isDirectory).toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    private Properties kept() throws IOException {
        Properties kept = new Properties();
        try (Reader file =
                Files.newBufferedReader(fortress.parts().data().folder().resolve("secrets.properties"))) {
            kept.load(file);
        }
        return kept;
    }

    private List<String> secrets() throws IOException {
        List<String> secrets = new ArrayList<>();
        kept().values().forEach(secret -> secrets.add(secret.toString()));
        secrets.add(fortress.key().secret());
        assertThat(secrets).hasSizeGreaterThan(5);
        return secrets;
    }
}
