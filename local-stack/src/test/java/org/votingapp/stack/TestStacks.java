package org.votingapp.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import org.votingapp.stack.data.DataFolder;
import org.votingapp.stack.terminal.StackException;

/** Stacks for tests: on free ports, in a new folder below the module's {@code target}, so that runs do not collide. */
public final class TestStacks {

    /** The time limit for all parts of a stack to become ready. */
    public static final Duration START_LIMIT = Duration.ofMinutes(3);

    private TestStacks() {}

    /** The project's folder. */
    public static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("liberty-config"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    /** A stack in a new folder. Its servers use the first compiler only, like the tests ({@code test.jvm}): quick to start, not to run. */
    public static StackDescription describe() {
        return LocalStack.of(root()).dataFolder(newFolder()).set("JVM_ARGS", "-XX:TieredStopAtLevel=1");
    }

    /** Opens a stack that ends with the JVM at the latest, even if the run is interrupted. */
    public static LocalStack open(StackDescription description) {
        LocalStack stack = description.open();
        Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stack-end"));
        return stack;
    }

    /**
     * A new data folder. Processes and folders of earlier runs are ended and deleted first. Those of this run stay, for
     * diagnosis.
     */
    public static synchronized Path newFolder() {
        Path stacks = Path.of("target", "stacks").toAbsolutePath();
        String ours = "stack-of-%d-".formatted(ProcessHandle.current().pid());
        try {
            Files.createDirectories(stacks);
            try (Stream<Path> left = Files.list(stacks)) {
                left.filter(folder -> !folder.getFileName().toString().startsWith(ours))
                        .toList()
                        .forEach(TestStacks::deleteUnlessInUse);
            }
            return Files.createTempDirectory(stacks, ours);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void deleteUnlessInUse(Path folder) {
        DataFolder data;
        try {
            data = DataFolder.open(folder);
        } catch (StackException inUse) {
            return;
        }
        try (data) {
            StackDescription.orphans(data).end((part, line) -> {});
            for (String content : List.of("servers", "postgres", "redis", "logs")) {
                PathUtils.delete(folder.resolve(content));
            }
            PathUtils.delete(folder);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
