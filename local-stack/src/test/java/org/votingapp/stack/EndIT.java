package org.votingapp.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.votingapp.stack.data.DataFolder;
import org.votingapp.stack.liberty.ServerKind;
import org.votingapp.stack.terminal.StackException;

/** The end of a stack that finds its files gone or broken. */
class EndIT {

    private static final List<String> FOLDERS =
            List.of("target", "vote-war", "voting-domain", "voting-runtime", "voting-web");

    @TempDir
    private Path root;

    @Test
    void nothingIsLeftRunningWhateverFailsAtTheEnd() throws IOException {
        List<String> said = new CopyOnWriteArrayList<>();
        Path folder = TestStacks.newFolder();
        LocalStack stack = TestStacks.open(LocalStack.of(root)
                .dataFolder(folder)
                .count(ServerKind.RESULT, 0)
                .count(ServerKind.WORKER, 0)
                .count(ServerKind.VOTE, 2)
                .progress((part, line) -> said.add(part + " " + line)));
        WithoutWorker.start(stack);
        List<Long> pids =
                stack.parts().stream().flatMap(part -> part.pids().stream()).toList();

        // As after mvn clean.
        Files.delete(root.resolve("voting-web"));
        stack.vote().stop();
        assertThat(said)
                .anyMatch(line -> line.startsWith("vote what it worked out at its start cannot be kept")
                        && line.contains("voting-web"));

        // As on a full disk: a record that cannot be replaced.
        Path record = folder.resolve("processes.properties");
        Files.delete(record);
        Files.createDirectories(record.resolve("in the way"));
        assertThatThrownBy(stack::close).isInstanceOf(StackException.class).hasMessageContaining(record.toString());

        assertThat(pids).hasSizeGreaterThan(3).noneMatch(EndIT::runs);
        Files.delete(record.resolve("in the way"));
        Files.delete(record);
        DataFolder.open(folder).close();
    }

    /** A checkout of which a module can be taken away. */
    @BeforeEach
    void linkTheCheckout() throws IOException {
        for (String folder : FOLDERS) {
            Files.createSymbolicLink(root.resolve(folder), TestStacks.root().resolve(folder));
        }
    }

    @AfterEach
    void unlink() throws IOException {
        for (String folder : FOLDERS) {
            Files.deleteIfExists(root.resolve(folder));
        }
    }

    private static boolean runs(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
