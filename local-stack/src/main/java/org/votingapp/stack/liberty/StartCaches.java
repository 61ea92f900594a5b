package org.votingapp.stack.liberty;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import org.votingapp.stack.files.FileFailure;
import org.votingapp.stack.files.PrivateFile;
import org.votingapp.stack.terminal.Progress;

/**
 * What makes a Liberty server's next start faster. A cache that cannot be used or kept costs time, and never fails a
 * start.
 */
final class StartCaches {

    private static final String WORKAREA = "workarea";

    private final Path output;
    /** There while a server runs, and after it was killed. */
    private final Path running;

    private final StartCache startCache;
    private final ClassArchive classArchive;

    /**
     * @param output the server's output folder
     * @param root the checkout
     * @param wlp Liberty's folder
     * @param cache the folder of all caches of the checkout
     */
    StartCaches(ServerKind kind, Path output, Path root, Path wlp, Path cache) {
        Path versions = wlp.resolve("lib/versions");
        this.output = output;
        this.running = output.resolveSibling("running");
        this.startCache = new StartCache(
                cache.resolve("start").resolve(kind.server()),
                output,
                Stream.concat(kind.classes(root).stream(), Stream.of(kind.userDirectory(root), versions))
                        .toList());
        this.classArchive = new ClassArchive(cache.resolve("classes").resolve(kind.server()), output, versions);
    }

    /**
     * Prepares a start.
     *
     * @param progress hears why a cache is not used
     * @return an option for the JVM, or nothing
     */
    String prepare(String server, Progress progress) throws IOException {
        // A server that did not shut down gracefully may have left damaged files; the cache checks its own.
        if (Files.exists(running, LinkOption.NOFOLLOW_LINKS)) {
            PathUtils.delete(output.resolve(WORKAREA));
            PathUtils.delete(running);
        }
        PrivateFile.write(running, "");
        try {
            startCache.fetch();
            return classArchive.fetch();
        } catch (IOException failed) {
            PathUtils.delete(output.resolve(WORKAREA));
            progress.report(server, "what is kept for its starts cannot be used: " + FileFailure.reason(failed));
            return "";
        }
    }

    /** Marks a graceful shutdown, after which the server's files can be trusted. */
    void ended(String server, Progress progress) {
        try {
            Files.deleteIfExists(running);
        } catch (IOException failed) {
            progress.report(server, "its next start takes longer: " + FileFailure.reason(failed));
        }
    }

    /** Keeps what a server wrote that was ready and has shut down gracefully. */
    void keep(String server, Progress progress) {
        try {
            startCache.keep();
            classArchive.keep();
        } catch (IOException failed) {
            progress.report(server, "what it worked out at its start cannot be kept: " + FileFailure.reason(failed));
        }
    }
}
