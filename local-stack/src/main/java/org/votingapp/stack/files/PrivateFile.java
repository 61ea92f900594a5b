package org.votingapp.stack.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.votingapp.stack.terminal.StackException;

/**
 * Writes files that only their owner may read: atomically, and forced to the disk, so that a power loss leaves the old
 * content or the new.
 */
public final class PrivateFile {

    private PrivateFile() {}

    /**
     * Replaces the content of a file, or creates it.
     *
     * @throws StackException where a folder is in its place
     */
    public static void write(Path file, String content) throws IOException {
        if (Files.isDirectory(file)) {
            throw new StackException("%s is a folder where a file is to be: move it away.".formatted(file));
        }
        Path next = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".new", ownerOnly());
        try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        force(file.getParent());
    }

    /** Forces the names in a folder to the disk. */
    private static void force(Path folder) throws IOException {
        try (FileChannel names = FileChannel.open(folder)) {
            names.force(true);
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
