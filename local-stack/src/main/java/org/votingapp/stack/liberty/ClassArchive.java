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
 * The classes that a Liberty server loads, as the JVM keeps them once they are read and checked, for its later starts.
 *
 * <p>This is the JVM's dynamic archive of class data (JEP 350; the {@code java} command's "Application Class-Data
 * Sharing"). A server for which there is none writes one when it ends, which takes the JVM some seconds, once. It is kept
 * for the very same runtime and JVM; a class that was compiled anew since is recognized by the JVM and read as usual. A JVM
 * that knows no such archives ignores the option.
 */
final class ClassArchive {

    /** In the server's output folder, which is its working folder: a path with a space in it would be taken for two options. */
    private static final String USED = "classes.jsa";

    private static final String WRITTEN = "classes-of-this-run.jsa";

    private static final String SUFFIX = ".jsa";

    private final Path store;
    private final Path output;
    private final List<Path> sources;

    /**
     * @param store the folder where it is kept; of one kind of server
     * @param output the server's output folder
     * @param runtime the folder that tells one runtime from another
     */
    ClassArchive(Path store, Path output, Path runtime) {
        this.store = store;
        this.output = output;
        this.sources = List.of(runtime, Path.of(System.getProperty("java.home"), "lib", "server"));
    }

    /** Gives a server that is to start the archive, if there is one; what tells the JVM to use it, or else to write one. */
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

    /** Keeps what a server wrote that was ready and has ended, unless the like is kept; drops what is of another runtime. */
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
        // The data folder may lie on another disk; and nobody may find half of an archive.
        Path arriving = Files.createTempFile(store, "arriving-", SUFFIX);
        Files.move(written, arriving, StandardCopyOption.REPLACE_EXISTING);
        Files.move(arriving, store.resolve(prefix() + Checksum.of(arriving) + SUFFIX), StandardCopyOption.ATOMIC_MOVE);
    }

    /** The archive, if it is as it was written: the JVM looks at its head alone, and one that was damaged would end it. */
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
            // Dropped by a server of another runtime that has ended just now; or it is none that can be read.
            return false;
        }
    }

    private String prefix() throws IOException {
        return "of-" + Fingerprint.name(sources) + "-";
    }
}
