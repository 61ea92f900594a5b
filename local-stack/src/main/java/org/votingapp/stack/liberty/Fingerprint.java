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

/** Identifies the state of files by names, sizes and times, without reading them: 3 to 35 ms at a server's start. */
final class Fingerprint {

    private Fingerprint() {}

    /** A file name that changes with {@link #of}. */
    static String name(List<Path> folders) throws IOException {
        return UUID.nameUUIDFromBytes(of(folders).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** A text that changes when a file in these folders is created, deleted or written. */
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
