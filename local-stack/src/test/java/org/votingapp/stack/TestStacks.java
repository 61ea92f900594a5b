package org.votingapp.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Stacks for tests: on free ports, in a new folder below {@code target}, so that runs do not meet. */
public final class TestStacks {

    /** Longer than all parts of a stack ever took to become ready. */
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

    /** A stack in a new folder, whose servers compile like the JVMs of all tests ({@code test.jvm}): for starts, not for rates. */
    public static LocalStack.Builder describe() {
        return LocalStack.of(root()).dataFolder(newFolder()).set("JVM_ARGS", "-XX:TieredStopAtLevel=1");
    }

    /** Opens a stack that ends with the JVM at the latest, as where a run is broken off. */
    public static LocalStack open(LocalStack.Builder description) {
        LocalStack stack = description.open();
        Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stack-end"));
        return stack;
    }

    /**
     * A new data folder. What earlier runs left is deleted first, and ended where it still runs; what this run left stays,
     * since it may tell why a test failed.
     */
    public static Path newFolder() {
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
            data.processes().endOrphans((part, line) -> {});
            for (String content : List.of("servers", "postgres", "redis", "logs")) {
                Tree.delete(folder.resolve(content));
            }
            Tree.delete(folder);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
