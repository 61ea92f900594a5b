package org.votingapp.stack.liberty;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;

/** What files in folders are like, without reading them: their names, sizes and times. */
final class Fingerprint {

    private Fingerprint() {}

    /** A name that is another one where {@link #of} is another text. */
    static String name(List<Path> folders) throws IOException {
        return UUID.nameUUIDFromBytes(of(folders).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** The same text as before where no file of these folders came, went or was written anew. */
    static String of(List<Path> folders) throws IOException {
        TreeMap<String, String> files = new TreeMap<>();
        for (Path folder : folders) {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    files.put(file.toString(), attributes.lastModifiedTime() + " " + attributes.size());
                    return FileVisitResult.CONTINUE;
                }
            });
        }
        return files.toString();
    }
}
