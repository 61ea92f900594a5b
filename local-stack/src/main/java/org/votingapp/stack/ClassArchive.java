package org.votingapp.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

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
        Path kept = kept();
        Path used = output.resolve(USED);
        Files.deleteIfExists(used);
        Files.deleteIfExists(output.resolve(WRITTEN));
        if (!Files.isRegularFile(kept)) {
            return "-XX:ArchiveClassesAtExit=" + WRITTEN;
        }
        Files.createDirectories(output);
        Files.createSymbolicLink(used, kept);
        return "-XX:SharedArchiveFile=" + USED;
    }

    /** Keeps what a server wrote that was ready and has ended, unless the like is kept; drops what is of another runtime. */
    void keep() throws IOException {
        Path written = output.resolve(WRITTEN);
        Path kept = kept();
        if (!Files.isRegularFile(written)) {
            return;
        }
        if (Files.isRegularFile(kept)) {
            Files.delete(written);
            return;
        }
        Files.createDirectories(store);
        try (var older = Files.newDirectoryStream(store, "of-*.jsa")) {
            for (Path dropped : older) {
                Files.deleteIfExists(dropped);
            }
        }
        // The data folder may lie on another disk; and nobody may find half of an archive.
        Path arriving = Files.createTempFile(store, "arriving-", ".jsa");
        Files.move(written, arriving, StandardCopyOption.REPLACE_EXISTING);
        Files.move(arriving, kept, StandardCopyOption.ATOMIC_MOVE);
    }

    private Path kept() throws IOException {
        return store.resolve("of-" + Fingerprint.name(sources) + ".jsa");
    }
}
