package org.votingapp.stack.data;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.votingapp.stack.files.SmallFile;
import org.votingapp.stack.terminal.StackException;

/** The lock on a data folder, which the operating system releases when the process ends, however it ends. */
final class FolderLock implements AutoCloseable {

    /** It holds the id of the process that holds it. */
    static final String FILE = "lock";

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Locks a folder.
     *
     * @throws StackException where another stack holds it
     */
    static FolderLock of(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (tryLock(channel).isEmpty()) {
            String owner = SmallFile.read(file, "").orElse("").strip();
            channel.close();
            throw new StackException(
                    "The data folder %s is in use by another local stack%s. DATA_DIR names another one."
                            .formatted(folder, owner.matches("\\d+") ? " (process " + owner + ")" : ""));
        }
        channel.truncate(0);
        channel.write(StandardCharsets.US_ASCII.encode(ProcessHandle.current().pid() + "\n"));
        return new FolderLock(channel);
    }

    private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException inThisProcess) {
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
