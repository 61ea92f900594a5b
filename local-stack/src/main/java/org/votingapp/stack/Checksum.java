package org.votingapp.stack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * Tells whether what was kept is as it was written, after a power loss, too (CRC-32C, RFC 3385): for one file, or for a
 * folder, which then has it in a file of its own.
 */
final class Checksum {

    /** In a folder, what {@link #seal} wrote. */
    static final String SEAL = "sealed.crc32c";

    private Checksum() {}

    /** That of a file's content. */
    static String of(Path file) throws IOException {
        CRC32C checksum = new CRC32C();
        add(file, checksum);
        return Long.toHexString(checksum.getValue());
    }

    private static void add(Path file, CRC32C checksum) throws IOException {
        try (FileChannel content = FileChannel.open(file)) {
            checksum.update(content.map(FileChannel.MapMode.READ_ONLY, 0, content.size()));
        }
    }

    /** Writes down what a folder holds. */
    static void seal(Path folder) throws IOException {
        Files.writeString(folder.resolve(SEAL), ofTree(folder));
    }

    /** Whether a folder is there and holds what it did when it was sealed. */
    static boolean isWhole(Path folder) {
        try {
            return Files.readString(folder.resolve(SEAL)).equals(ofTree(folder));
        } catch (IOException damagedOrAbsent) {
            return false;
        }
    }

    /** Names and content of all files but the seal, in the order of their names; links are not followed. */
    private static String ofTree(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> !file.getFileName().toString().equals(SEAL))
                    .sorted()
                    .toList();
        }
        CRC32C checksum = new CRC32C();
        for (Path file : files) {
            checksum.update(folder.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
            add(file, checksum);
        }
        return Long.toHexString(checksum.getValue());
    }
}
