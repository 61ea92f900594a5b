package org.votingapp.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.votingapp.stack.liberty.ServerKind;

/** Whether a JVM takes the archive that another one wrote; it would say nothing where it did not. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "what a process has mapped is told by /proc")
class ClassArchiveIT {

    @Test
    void aServerMapsTheClassesThatOneBeforeItLoaded() throws IOException {
        assertThat(mappedByAVoteServer()).as("an archive of its own at most").hasSizeLessThan(2);

        assertThat(mappedByAVoteServer())
                .singleElement()
                .satisfies(archive -> assertThat(archive)
                        .isRegularFile()
                        .hasParent(TestStacks.root().resolve("target/local-stack/classes/vote")));
    }

    private static Stream<Path> mappedByAVoteServer() throws IOException {
        try (LocalStack stack = WithoutWorker.start(TestStacks.open(
                TestStacks.describe().count(ServerKind.WORKER, 0).count(ServerKind.RESULT, 0)))) {
            long java = stack.vote().pids().get(0);
            return Files.readAllLines(Path.of("/proc", Long.toString(java), "maps")).stream()
                    .filter(line -> line.endsWith(".jsa"))
                    .map(line -> Path.of(line.substring(line.indexOf('/'))))
                    .filter(file -> file.startsWith(TestStacks.root()))
                    .distinct();
        }
    }
}
