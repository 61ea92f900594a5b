package org.votingapp.stack.liberty;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.io.file.PathUtils;

/**
 * What Liberty keeps of the annotations it found in classes, in the server's output folder.
 *
 * <p>Liberty takes no notice of classes in a folder that were compiled anew while the server was down, and would not find
 * a bean that is new. So the cache is dropped where classes differ from those of the last start; it saves each server
 * about a second of processor time.
 */
public final class AnnotationCache {

    /** Switches it off, for a server that is not started here. */
    public static final String OFF = "-Danno.cache.disabled=true";

    private final Path workarea;
    private final Path seen;
    private final List<Path> classes;

    /**
     * @param output the server's output folder
     * @param seen a file that keeps what the classes were like
     * @param classes the folders of the application's classes
     */
    AnnotationCache(Path output, Path seen, List<Path> classes) {
        this.workarea = output.resolve("workarea").resolve("org.eclipse.osgi");
        this.seen = seen;
        this.classes = List.copyOf(classes);
    }

    /** Drops it where it is of other classes than there are now. */
    void dropIfStale() throws IOException {
        String now = Fingerprint.name(classes);
        if (wasSeen(now)) {
            return;
        }
        if (Files.isDirectory(workarea)) {
            try (var bundles = Files.newDirectoryStream(workarea)) {
                for (Path bundle : bundles) {
                    PathUtils.delete(bundle.resolve("data").resolve("anno"));
                }
            }
        }
        PathUtils.delete(seen);
        Files.writeString(seen, now);
    }

    private boolean wasSeen(String fingerprint) {
        try {
            return Files.readString(seen).equals(fingerprint);
        } catch (IOException absentOrDamaged) {
            return false;
        }
    }
}
