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
 * What a Liberty server works out at its first start (which bundles its features need, how they depend on each other,
 * what annotations its classes bear), kept for the next server whose output folder is new.
 *
 * <p>A first start takes half as long again as a later one: images of Open Liberty are made with the same in them, for the
 * same reason. It is kept for the very same runtime, configuration and classes alone, and without the settings of the
 * server that worked it out, among which are passwords.
 */
final class StartCache {

    private static final String WORKAREA = "workarea";

    /** Liberty's files of settings and those that belong to them, which it makes anew where all are absent. */
    private static final Set<String> SETTINGS =
            Set.of("configs.data", "variableCacheData", "configStamp", "extended.bundle.cache");

    private final Path store;
    private final Path output;
    private final List<Path> sources;

    /**
     * @param store the folder where it is kept; of one kind of server
     * @param output the server's output folder
     * @param sources the folders of all that it follows from
     */
    StartCache(Path store, Path output, List<Path> sources) {
        this.store = store;
        this.output = output;
        this.sources = List.copyOf(sources);
    }

    /** Gives a server that has never run what another one worked out, if there is such. */
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

    /** Keeps what a server worked out that was ready and has ended, unless the like is kept; drops what is of another build. */
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

    /** No other server of this kind, here or in another process, comes in between. */
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
