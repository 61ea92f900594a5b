package org.votingapp.stack.liberty;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.apache.commons.io.file.PathUtils;
import org.votingapp.stack.files.Checksum;

/**
 * The JVM's dynamic class-data archive (JEP 350) of the classes that a Liberty server loads.
 *
 * <p>The three servers are ready after 17.9 to 19.4 s with it, 20.6 to 23.9 s without (three warm starts each by turns);
 * processor time 28 to 32 s, 35 to 39 s. A server without an archive writes one when it ends, which takes some seconds.
 *
 * <p>It is valid for the same runtime and JVM. The JVM recognises a class that was compiled since, and loads it as usual.
 */
final class ClassArchive {

    /** Relative to the server's output folder, its working folder: a path with a space would be split in two options. */
    private static final String USED = "classes.jsa";

    private static final String WRITTEN = "classes-of-this-run.jsa";

    private static final String SUFFIX = ".jsa";

    private final Path store;
    private final Path output;
    private final List<Path> sources;

    /**
     * @param store the folder where it is kept, for one kind of server
     * @param output the server's output folder
     * @param runtime a folder that differs between runtimes
     */
    ClassArchive(Path store, Path output, Path runtime) {
        this.store = store;
        this.output = output;
        this.sources = List.of(runtime, Path.of(System.getProperty("java.home"), "lib", "server"));
    }

    /** The JVM's option that uses the archive; where there is none, the option that writes one at the end. */
    String fetch() throws IOException {
        Optional<Path> kept = kept();
        Path used = output.resolve(USED);
        PathUtils.delete(used);
        PathUtils.delete(output.resolve(WRITTEN));
        if (kept.isEmpty()) {
            return "-XX:ArchiveClassesAtExit=" + WRITTEN;
        }
        Files.createDirectories(output);
        Files.createSymbolicLink(used, kept.get());
        return "-XX:SharedArchiveFile=" + USED;
    }

    /** Keeps what a server wrote that was ready and has ended, unless one is kept; drops those of other runtimes. */
    void keep() throws IOException {
        Path written = output.resolve(WRITTEN);
        if (!Files.isRegularFile(written)) {
            return;
        }
        if (kept().isPresent()) {
            Files.delete(written);
            return;
        }
        Files.createDirectories(store);
        try (var older = Files.newDirectoryStream(store, "of-*" + SUFFIX)) {
            for (Path dropped : older) {
                PathUtils.delete(dropped);
            }
        }
        // In two steps: the data folder may lie on another disk, and no server may find half an archive.
        Path arriving = Files.createTempFile(store, "arriving-", SUFFIX);
        Files.move(written, arriving, StandardCopyOption.REPLACE_EXISTING);
        Files.move(arriving, store.resolve(prefix() + Checksum.of(arriving) + SUFFIX), StandardCopyOption.ATOMIC_MOVE);
    }

    /** The archive, if it is undamaged: the JVM checks its header alone, and would crash. */
    private Optional<Path> kept() throws IOException {
        if (!Files.isDirectory(store)) {
            return Optional.empty();
        }
        try (var candidates = Files.newDirectoryStream(store, prefix() + "*" + SUFFIX)) {
            for (Path candidate : candidates) {
                if (isWhole(candidate)) {
                    return Optional.of(candidate);
                }
            }
        }
        return Optional.empty();
    }

    private boolean isWhole(Path archive) throws IOException {
        String wanted = archive.getFileName().toString();
        try {
            return wanted.equals(prefix() + Checksum.of(archive) + SUFFIX);
        } catch (IOException droppedOrDamaged) {
            // A server of another runtime has just dropped it, or it cannot be read.
            return false;
        }
    }

    private String prefix() throws IOException {
        return "of-" + Fingerprint.name(sources) + "-";
    }
}
