package org.votingapp.result.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.votingapp.testsupport.UnusedPort;

class ResultServerStartIT {

    /** Liberty updates its configuration, or stops the application. */
    private static final Pattern TAKEN_UP = Pattern.compile("CWWKG0016I|CWWKZ0009I");

    @Test
    void itStartsBeforePostgresWithItsPasswordInAFileAndStopsSoonWithStreamsOpen(@TempDir Path folder)
            throws Exception {
        Database database = new Database(folder.resolve("postgres"), UnusedPort.find());
        Map<String, String> variables = new HashMap<>(database.variables());
        Path files = Files.createDirectory(folder.resolve("variables"));
        Files.writeString(files.resolve("DB_PASSWORD"), variables.remove("DB_PASSWORD"));
        variables.put("VARIABLE_SOURCE_DIRS", files.toString());
        try (ResultServer server = new ResultServer(folder, variables)) {
            server.awaitUp("live");
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> server.get("/").body().contains("Results will be here shortly."));
            assertThat(server.isUp("started")).isFalse();
            assertThat(server.isUp("ready")).isFalse();
            assertThat(server.get("/health").body())
                    .contains("connection refused at localhost:" + variables.get("DB_PORT"));
            for (String path : List.of("/", "/present", "/api/results", "/api/results.csv", "/api/results/stream")) {
                HttpResponse<String> notYet = server.get(path);
                assertThat(notYet.statusCode()).as(path).isEqualTo(503);
                assertThat(server.send("HEAD", path).statusCode()).as(path).isEqualTo(503);
                assertThat(notYet.headers().firstValue("Retry-After")).as(path).isPresent();
            }
            database.start();
            try (database) {
                database.migrate();
                server.awaitUp("started");
                assertThat(server.isUp("ready")).isFalse();
                assertThat(server.get("/health/ready").body())
                        .contains("there is no poll cats-vs-dogs in the database");
                database.ask("Cats vs Dogs!", "Cats", "Dogs");
                server.awaitUp("ready");
                EventStream stream = server.stream();
                assertThat(stream.nextTally(Duration.ofSeconds(10)).total()).isZero();

                assertThat(server.stop(Duration.ofSeconds(20)))
                        .as("stopped in time")
                        .isTrue();
                stream.awaitEnd(Duration.ofSeconds(1));
            }
        }
    }

    /** As when Kubernetes renews a mounted Secret, whose password the role does not have yet. */
    @Test
    void whatChangesOnDiskDoesNothingToAServerThatRuns(@TempDir Path folder) throws Exception {
        Path user = folder.resolve("usr");
        copy(Path.of(System.getProperty("liberty.user")), user);
        Path server = user.resolve("servers/result");
        Path war = server.resolve("apps/result-war.war");
        // The module's folder of servers only tells where the application's classes are.
        Files.delete(server.resolve("apps/result-war.war.xml"));
        Files.copy(Path.of("target/result-war.war"), war);
        Path files = Files.createDirectory(server.resolve("variables"));
        Database database = new Database(folder.resolve("postgres"), UnusedPort.find());
        database.start();
        try (database) {
            database.migrate();
            database.ask("Cats vs Dogs!", "Cats", "Dogs");
            Map<String, String> variables = new HashMap<>(database.variables());
            Files.writeString(files.resolve("DB_PASSWORD"), variables.remove("DB_PASSWORD"));
            variables.put("WLP_USER_DIR", user.toString());
            try (ResultServer running = new ResultServer(folder, variables)) {
                running.awaitUp("ready");
                Files.writeString(files.resolve("DB_PASSWORD"), "of tomorrow");
                Files.writeString(files.resolve("POLL_ID"), "of-tomorrow");
                replace(
                        server.resolve("server.xml"),
                        "</server>",
                        "<variable name=\"HTTP_PORT\" value=\"1\"/></server>");
                replace(user.resolve("shared/config/database.xml"), "5432", "5433");
                Files.setLastModifiedTime(war, FileTime.from(Instant.now()));

                // A server that watches notices each of them within a second and a half.
                await().during(Duration.ofSeconds(8))
                        .atMost(Duration.ofMinutes(1))
                        .until(() -> running.isUp("ready")
                                && !TAKEN_UP.matcher(running.log()).find());
            }
        }
    }

    private static void replace(Path file, String text, String other) throws IOException {
        Files.writeString(file, Files.readString(file).replace(text, other));
    }

    private static void copy(Path folder, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(folder.relativize(file)));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "RESULTS_MAX_WATCHERS, plenty, a whole number from 1 to 1000000",
        "DB_PORT, postgres, a whole number from 1 to 65535",
        "TRUSTED_PROXIES, 10.0.0.0/8, a regular expression that addresses match",
    })
    void aBadSettingStopsTheStartAndIsNamed(String name, String value, String expected, @TempDir Path folder)
            throws Exception {
        Map<String, String> variables = new HashMap<>(new Database(folder, UnusedPort.find()).variables());
        variables.put(name, value);
        try (ResultServer server = new ResultServer(folder, variables)) {
            await().atMost(Duration.ofMinutes(5))
                    .until(() -> server.log().contains("%s is \"%s\"; it must be %s".formatted(name, value, expected)));
            await().atMost(Duration.ofMinutes(1)).until(() -> server.log().contains("CWWKZ0002E"));
            assertThat(server.isUp("ready")).isFalse();
        }
    }
}
