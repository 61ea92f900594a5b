package org.votingapp.hardening;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.votingapp.stack.Part;

/** The passwords and keys of this very stack are looked for wherever they must not be. */
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

    /** Also not after refusals by Redis and Postgres, of which drivers like to tell all that they know. */
    @Test
    void noLogHoldsASecret() throws IOException {
        fortress.vote().post("/api/votes", Map.of("Content-Type", "application/json"), "{");
        List<String> secrets = secrets();
        for (String line : fortress.logLines()) {
            assertThat(secrets).noneMatch(line::contains);
        }
    }

    /** Which everybody on the machine can read. */
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
    void filesWithSecretsAreTheirOwnersAlone() throws IOException {
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

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    private List<String> secrets() throws IOException {
        Properties kept = new Properties();
        try (Reader file =
                Files.newBufferedReader(fortress.parts().data().folder().resolve("secrets.properties"))) {
            kept.load(file);
        }
        List<String> secrets = new ArrayList<>();
        kept.values().forEach(secret -> secrets.add(secret.toString()));
        secrets.add(fortress.key().secret());
        assertThat(secrets).hasSizeGreaterThan(5);
        return secrets;
    }
}
