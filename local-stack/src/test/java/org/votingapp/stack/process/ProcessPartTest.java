package org.votingapp.stack.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.votingapp.stack.data.DataFolder;
import org.votingapp.stack.data.ProcessId;
import org.votingapp.stack.data.ProcessRecord;
import org.votingapp.stack.files.PrivateProperties;
import org.votingapp.stack.terminal.StackException;

class ProcessPartTest {

    private static final String SLEEPS = "exec sleep 1000";
    private static final String SLEEPS_IN_A_CHILD = "sleep 1000 & wait";
    private static final String HEARS_NO_SIGTERM = "trap '' TERM; echo deaf; while :; do sleep 0.1; done";

    @TempDir
    private Path folder;

    private final List<Part> started = new ArrayList<>();
    private DataFolder data;

    @BeforeEach
    void openFolder() {
        data = DataFolder.open(folder);
    }

    @AfterEach
    void endAll() {
        started.forEach(Part::kill);
        data.close();
    }

    private Part start(String command) {
        Part part = ShellPart.ready(data, command);
        started.add(part);
        part.start();
        return part;
    }

    @Test
    void itRunsUntilItIsStopped() throws InterruptedException {
        Part part = start(SLEEPS);
        assertThat(part.isAlive()).isTrue();
        assertThat(part.pids()).hasSize(1);

        part.stop();

        assertThat(part.isAlive()).isFalse();
        assertThat(part.pids()).isEmpty();
        assertThat(part.awaitEnd()).isEqualTo("ended by SIGTERM");
    }

    @Test
    void itCanBeStartedAgainButNotTwice() {
        Part part = start(SLEEPS);
        assertThatThrownBy(part::start).isInstanceOf(IllegalStateException.class);
        part.stop();

        part.start();

        assertThat(part.isAlive()).isTrue();
    }

    @Test
    void aKillTakesItsChildrenAlong() throws InterruptedException {
        Part part = start(SLEEPS_IN_A_CHILD);
        await().until(() -> part.pids().size() == 2);
        List<Long> family = part.pids();

        part.kill();

        assertThat(family).noneMatch(ProcessPartTest::runs);
        assertThat(part.awaitEnd()).isEqualTo("killed by SIGKILL");
    }

    @Test
    void oneThatDoesNotHearIsKilledAfterItsLimit() throws InterruptedException {
        Part part = start(HEARS_NO_SIGTERM);
        await().until(() -> Files.readString(part.log()).contains("deaf"));

        part.stop();

        assertThat(part.awaitEnd()).isEqualTo("killed by SIGKILL");
    }

    @Test
    void aFrozenOneIsAliveAndDoesNothingUntilItIsThawed() {
        Part part = start(SLEEPS_IN_A_CHILD);
        await().until(() -> part.pids().size() == 2);

        part.freeze();
        await().until(() -> part.pids().stream().allMatch(pid -> state(pid).equals("T")));
        assertThat(part.isAlive()).isTrue();
        part.thaw();

        await().until(() -> part.pids().stream().noneMatch(pid -> state(pid).equals("T")));
    }

    @Test
    void aFrozenOneCanBeStopped() {
        Part part = start(SLEEPS);
        part.freeze();

        part.stop();

        assertThat(part.isAlive()).isFalse();
    }

    @Test
    void whatAKilledStackLeftIsEndedAndSaidSo() {
        Part part = start(SLEEPS);
        List<String> said = new ArrayList<>();

        new Orphans(data.processes(), Map.of()).end((name, line) -> said.add(name + " " + line));

        assertThat(part.isAlive()).isFalse();
        assertThat(said).singleElement().asString().startsWith("part still runs from a stack that was killed");
    }

    @Test
    void aProcessThatOnlyHasTheNumberOfAnOldOneIsLeftAlone() {
        Part part = start(SLEEPS);
        long pid = part.pids().get(0);
        PrivateProperties record =
                PrivateProperties.replaceable(data.folder().resolve("processes.properties"), ProcessId.TEXT);
        record.put(
                "part",
                pid + " " + (System.currentTimeMillis() - Duration.ofHours(1).toMillis()));

        new Orphans(new ProcessRecord(data.folder()), Map.of()).end((name, line) -> {});

        assertThat(part.isAlive()).isTrue();
    }

    @Test
    void aPartThatDiesIsStartedAgainWithALineThatSaysSo() {
        Part part = ShellPart.ready(data, SLEEPS);
        started.add(part);
        List<String> said = new CopyOnWriteArrayList<>();
        try (Supervisor supervisor = new Supervisor(List.of(part), (name, line) -> said.add(line))) {
            supervisor.start();
            supervisor.allReady().join();
            long before = part.pids().get(0);

            part.kill();

            await().until(() -> part.pids().stream().anyMatch(pid -> pid != before));
            assertThat(said).contains("died (killed by SIGKILL); it is started again");
        }
    }

    @Test
    void aPartThatKeepsDyingAtItsStartIsGivenUp() {
        Part part = ShellPart.neverReady(data, "exit 3");
        started.add(part);
        try (Supervisor supervisor = new Supervisor(List.of(part), (name, line) -> {})) {
            supervisor.start();

            assertThatThrownBy(() -> supervisor.allReady().join())
                    .hasCauseInstanceOf(StackException.class)
                    .hasMessageContaining("part died (exit code 3), 3 times at its start")
                    .hasMessageContaining(part.log().toString());
        }
    }

    private static boolean runs(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    private static String state(long pid) {
        try {
            Process ps = new ProcessBuilder("ps", "-o", "state=", "-p", Long.toString(pid)).start();
            return new String(ps.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII).strip();
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }
}
