package org.votingapp.stack.files;

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
 * Checksums (CRC-32C, RFC 3385) by which damage after a power loss is noticed: of a file, or of a folder, which keeps
 * its own in a file.
 */
public final class Checksum {

    /** The file that {@link #seal} writes. */
    public static final String SEAL = "sealed.crc32c";

    private Checksum() {}

    /** The checksum of a file's content, in hexadecimal. */
    public static String of(Path file) throws IOException {
        CRC32C checksum = new CRC32C();
        add(file, checksum);
        return Long.toHexString(checksum.getValue());
    }

    private static void add(Path file, CRC32C checksum) throws IOException {
        try (FileChannel content = FileChannel.open(file)) {
            checksum.update(content.map(FileChannel.MapMode.READ_ONLY, 0, content.size()));
        }
    }

    /** Writes the checksum of a folder into it. */
    public static void seal(Path folder) throws IOException {
        Files.writeString(folder.resolve(SEAL), ofTree(folder));
    }

    /** Whether a folder exists and holds what it held when it was sealed. */
    public static boolean isWhole(Path folder) {
        try {
            return Files.readString(folder.resolve(SEAL)).equals(ofTree(folder));
        } catch (IOException damagedOrAbsent) {
            return false;
        }
    }

    /** Of the names and contents of all files but the seal, ordered by name; links are not followed. */
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
