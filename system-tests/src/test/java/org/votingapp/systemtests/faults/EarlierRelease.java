package org.votingapp.systemtests.faults;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.votingapp.stack.TestStacks;

/** A checkout of an earlier commit in a git worktree below {@code target}, with its servers built. Kept for the next run. */
final class EarlierRelease {

    private static final String COMMIT = "rolling.from";
    private static final String MAVEN = "rolling.maven";
    private static final String MODULES = "vote-war,worker-ejb,result-war";
    private static final long LIMIT_MINUTES = 15;

    private final Path folder;

    private EarlierRelease(Path folder) {
        this.folder = folder;
    }

    /** The checkout of the commit in {@value #COMMIT}, built unless an earlier run has built it. */
    static Path build() {
        String named = Optional.ofNullable(System.getProperty(COMMIT))
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> new AssertionError("name the earlier release: -D" + COMMIT + "=COMMIT"));
        try {
            String commit = firstLine("git", "rev-parse", "--verify", "--short", named + "^{commit}");
            Path folder = Path.of("target", "releases", commit).toAbsolutePath();
            Path built = folder.resolve("target").resolve("built");
            if (!Files.isRegularFile(built)) {
                new EarlierRelease(folder).checkOutAndBuild(commit);
                Files.createFile(built);
            }
            return folder;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void checkOutAndBuild(String commit) throws IOException {
        if (!Files.isRegularFile(folder.resolve("pom.xml"))) {
            // Forced, since git may remember a worktree that "mvn clean" has deleted.
            run(TestStacks.root(), "git", "worktree", "add", "--force", "--detach", folder.toString(), commit);
        }
        try {
            maven("--offline");
        } catch (AssertionError artifactsAreMissing) {
            maven("--no-transfer-progress");
        }
    }

    private void maven(String option) throws IOException {
        run(
                folder,
                System.getProperty(MAVEN),
                option,
                "--batch-mode",
                "-q",
                "-Dmaven.test.skip=true",
                "-Dspotless.check.skip=true",
                "-pl",
                MODULES,
                "-am",
                "package");
    }

    private static void run(Path folder, String... command) throws IOException {
        Files.createDirectories(Path.of("target"));
        File log = Path.of("target", "earlier-release.log").toFile();
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        end(process, () -> Files.readString(log.toPath()), command);
    }

    private static String firstLine(String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(TestStacks.root().toFile())
                .redirectErrorStream(true)
                .start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        end(process, () -> answer, command);
        return answer;
    }

    private interface Output {
        String read() throws IOException;
    }

    private static void end(Process process, Output output, String... command) throws IOException {
        try {
            if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
                process.destroy();
                throw new AssertionError("no end after " + LIMIT_MINUTES + " minutes: " + List.of(command));
            }
        } catch (InterruptedException interrupted) {
            process.destroy();
            throw new AssertionError("interrupted", interrupted);
        }
        if (process.exitValue() != 0) {
            throw new AssertionError(
                    Stream.of(command).collect(Collectors.joining(" ", "", " failed:\n")) + output.read());
        }
    }
}
