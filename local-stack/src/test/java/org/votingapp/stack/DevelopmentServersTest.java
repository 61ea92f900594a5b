package org.votingapp.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.votingapp.stack.data.Ports;
import org.votingapp.stack.data.ProcessId;
import org.votingapp.stack.files.Damage;
import org.votingapp.stack.liberty.ServerKind;
import org.votingapp.stack.terminal.StackException;

class DevelopmentServersTest {

    @TempDir
    private Path root;

    private DevelopmentServers servers;
    private StackSettings settings;

    @BeforeEach
    void describe() {
        servers = new DevelopmentServers(root);
        settings = StackSettings.read(
                Map.of(
                        "POLL_OPTIONS", "Tea,Coffee",
                        "REDIS_URL", "redis://redis.example.org",
                        "VOTER_KEY", "a key of somebody who runs the stack",
                        "VOTE_PORT", Integer.toString(Ports.free()),
                        "RESULT_PORT", Integer.toString(Ports.free()),
                        "WORKER_PORT", Integer.toString(Ports.free()),
                        "ORGANISER_PORT", Integer.toString(Ports.free()),
                        "LOCAL_STACK_WITHOUT", "vote",
                        "AWS_SECRET_ACCESS_KEY", "none of its business"),
                root);
    }

    @Test
    void aServerInDevelopmentHasTheSettingsOfTheStackThatItJoins() throws IOException {
        join();

        assertThat(variables(ServerKind.VOTE))
                .contains(
                        "POLL_OPTIONS=Tea,Coffee",
                        "REDIS_URL=redis://redis.example.org",
                        "VOTER_KEY=a key of somebody who runs the stack",
                        "HTTP_PORT=" + settings.ports().get(ServerKind.VOTE))
                .noneMatch(line -> line.contains("AWS_SECRET_ACCESS_KEY"));
        assertThat(variables(ServerKind.RESULT))
                .contains("POLL_OPTIONS=Tea,Coffee")
                .noneMatch(line -> line.startsWith("VOTER_KEY="));
        assertThat(variables(ServerKind.WORKER)).contains("WORKER_NAME=worker-in-development");
    }

    @Test
    void aServerInDevelopmentTakesUpWhatChanges() throws IOException {
        join();

        for (ServerKind kind : ServerKind.values()) {
            assertThat(variables(kind)).contains("UPDATE_TRIGGER=polled");
        }
    }

    @Test
    void theFirstOfSeveralStacksIsJoinedUntilItLeaves() throws IOException {
        write(ServerKind.VOTE, ProcessId.of(ProcessHandle.current().parent().orElseThrow()));

        join();
        assertThat(variables(ServerKind.VOTE)).hasSize(1);
        servers.leave();

        assertThat(variables(ServerKind.VOTE)).hasSize(1);
        assertThat(file(ServerKind.RESULT)).doesNotExist();
    }

    @Test
    void aProcessThatOnlyHasTheNumberOfAnEarlierStackKeepsNobodyAway() throws IOException {
        write(
                ServerKind.VOTE,
                new ProcessId(ProcessHandle.current().parent().orElseThrow().pid(), 1));

        join();

        assertThat(variables(ServerKind.VOTE)).contains("POLL_OPTIONS=Tea,Coffee");
    }

    @ParameterizedTest
    @EnumSource(names = {"EMPTY", "CUT", "NUL_BYTES", "RANDOM_BYTES"})
    void damagedVariablesKeepNobodyAway(Damage damage) throws IOException {
        write(ServerKind.VOTE, ProcessId.of(ProcessHandle.current().parent().orElseThrow()));
        damage.doTo(file(ServerKind.VOTE));

        join();

        assertThat(variables(ServerKind.VOTE)).contains("POLL_OPTIONS=Tea,Coffee");
    }

    @ParameterizedTest
    @EnumSource(names = {"A_FOLDER", "UNREADABLE"})
    void variablesThatCannotBeReadAreNamed(Damage damage) throws IOException {
        join();
        damage.doTo(file(ServerKind.VOTE));

        assertThatThrownBy(this::join)
                .isInstanceOf(StackException.class)
                .hasMessageContaining("server.env")
                .hasMessageEndingWith("Delete it.");
    }

    private void join() {
        try (LocalStack stack = LocalStack.of(root).settings(settings).open()) {
            servers.join(stack, settings);
        }
    }

    /** What another stack would have put there. */
    private void write(ServerKind kind, ProcessId owner) throws IOException {
        join();
        List<String> lines = variables(kind);
        Files.write(
                file(kind),
                List.of(lines.get(0)
                        .replace(ProcessId.of(ProcessHandle.current()).toString(), owner.toString())));
        servers.leave();
    }

    private List<String> variables(ServerKind kind) throws IOException {
        return Files.readAllLines(file(kind));
    }

    private Path file(ServerKind kind) {
        return kind.developmentDirectory(root).resolve("server.env");
    }
}
