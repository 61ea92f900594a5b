package org.votingapp.stack.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.commons.io.file.PathUtils;

/** Puts a folder with unpacked programs into the place that all stacks of a tree share. */
public final class SealedFolder {

    private SealedFolder() {}

    /**
     * Seals a folder and moves it to its place, unless another stack has put a whole one there meanwhile: its programs may be
     * running.
     *
     * @param next the unpacked folder, which is there no more afterwards
     * @param place beside it; what is damaged there is deleted
     */
    public static void put(Path next, Path place) throws IOException {
        if (Checksum.isWhole(place)) {
            PathUtils.delete(next);
            return;
        }
        Checksum.seal(next);
        PathUtils.delete(place);
        Files.move(next, place, StandardCopyOption.ATOMIC_MOVE);
    }
}
