package org.votingapp.stack.liberty;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import org.apache.commons.io.FileUtils;
import org.apache.commons.io.file.PathUtils;
import org.votingapp.stack.files.Checksum;

/**
 * What a Liberty server works out at its first start (bundles, and how they depend on each other), kept for the next
 * server with a new output folder, as images of Open Liberty keep it.
 *
 * <p>It serves tests, each of which opens its stack in a new folder: ready after 14.5 and 16.1 s with it, 21.4 and 23.8 s
 * without, by turns; processor time 20 and 21 s, 30 and 35 s. A restart after a kill uses it too. {@code mvn -Prun} writes
 * the configuration anew and gets none.
 *
 * <p>It is valid for the same runtime, configuration and classes alone. It leaves out the server's settings, among which
 * are passwords.
 */
final class StartCache {

    private static final String WORKAREA = "workarea";

    /** Liberty's files of settings and those that refer to them; it creates them where all are absent. */
    private static final Set<String> SETTINGS =
            Set.of("configs.data", "variableCacheData", "configStamp", "extended.bundle.cache");

    private final Path store;
    private final Path output;
    private final List<Path> sources;

    /**
     * @param store the folder where it is kept, for one kind of server
     * @param output the server's output folder
     * @param sources the folders that determine it
     */
    StartCache(Path store, Path output, List<Path> sources) {
        this.store = store;
        this.output = output;
        this.sources = List.copyOf(sources);
    }

    /** Copies what another server worked out, if anything, to one that has never run. */
    void fetch() throws IOException {
        Path kept = kept();
        Path workarea = output.resolve(WORKAREA);
        if (!Files.exists(workarea) && Files.isDirectory(kept)) {
            exclusively(() -> {
                if (Checksum.isWhole(kept)) {
                    copy(kept, workarea, Set.of(Checksum.SEAL));
                } else {
                    PathUtils.delete(kept);
                }
            });
        }
    }

    /** Keeps what a server worked out that was ready and has ended, unless it is kept; drops that of other builds. */
    void keep() throws IOException {
        Path kept = kept();
        Path workarea = output.resolve(WORKAREA);
        if (Files.isDirectory(workarea) && !Files.isDirectory(kept)) {
            Files.createDirectories(store);
            exclusively(() -> {
                if (!Files.isDirectory(kept)) {
                    dropAll();
                    Path copy = store.resolve("of-a-copy-under-way");
                    copy(workarea, copy, SETTINGS);
                    Checksum.seal(copy);
                    Files.move(copy, kept, StandardCopyOption.ATOMIC_MOVE);
                }
            });
        }
    }

    private static void copy(Path folder, Path copy, Set<String> without) throws IOException {
        FileUtils.copyDirectory(
                folder.toFile(),
                copy.toFile(),
                file -> !without.contains(file.getName()),
                true,
                StandardCopyOption.COPY_ATTRIBUTES);
    }

    private void dropAll() throws IOException {
        try (var older = Files.newDirectoryStream(store, "of-*")) {
            for (Path dropped : older) {
                PathUtils.delete(dropped);
            }
        }
    }

    private interface Step {
        void take() throws IOException;
    }

    /** Excludes other servers of this kind, in this process (a file lock does not) and in others. */
    private void exclusively(Step step) throws IOException {
        synchronized (StartCache.class) {
            try (FileChannel lock =
                    FileChannel.open(store.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                lock.lock();
                step.take();
            }
        }
    }

    private Path kept() throws IOException {
        return store.resolve("of-" + Fingerprint.name(sources));
    }
}
