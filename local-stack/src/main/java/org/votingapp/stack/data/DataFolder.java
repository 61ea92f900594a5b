package org.votingapp.stack.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import org.votingapp.stack.files.FileFailure;
import org.votingapp.stack.terminal.StackException;

/**
 * The folder that holds all data of a stack: stores, secrets, ports, logs, the servers' output.
 *
 * <p>One stack at a time has it open. Only its owner may read it.
 */
public final class DataFolder implements AutoCloseable {

    /** Room for what a new stack writes at once (stores, servers' caches) and for some votes, in MiB. */
    static final long NEEDED_MIB = 400;

    private static final int KEPT_LOGS = 3;

    private final Path folder;
    private final FolderLock lock;
    private final ProcessRecord processes;
    private volatile boolean ending;

    private DataFolder(Path folder, FolderLock lock) {
        this.folder = folder;
        this.lock = lock;
        this.processes = new ProcessRecord(folder);
    }

    /**
     * Opens a folder, and creates an absent one.
     *
     * @throws StackException where it cannot be written, holds other files than a stack's, or another stack has it open
     */
    public static DataFolder open(Path folder) {
        try {
            Files.createDirectories(folder);
            Path resolved = folder.toRealPath();
            if (!isOfAStack(resolved) && !isEmpty(resolved)) {
                throw new StackException(
                        "The data folder %s holds something, and not a local stack's data. DATA_DIR names another one."
                                .formatted(folder));
            }
            if (Files.getFileStore(resolved).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(resolved, PosixFilePermissions.fromString("rwx------"));
            }
            FolderLock lock = FolderLock.of(resolved);
            try {
                Files.createDirectories(resolved.resolve("logs"));
                return new DataFolder(resolved, lock);
            } catch (IOException | RuntimeException damaged) {
                lock.close();
                throw damaged;
            }
        } catch (IOException unusable) {
            throw unusable(folder, unusable);
        }
    }

    private static StackException unusable(Path folder, IOException cause) {
        return new StackException(
                "The data folder %s cannot be used: %s. DATA_DIR names another one."
                        .formatted(folder, FileFailure.reason(cause)),
                cause);
    }

    /** Either file tells: a power loss may have taken the lock file, which is never forced to the disk. */
    private static boolean isOfAStack(Path folder) {
        return Files.exists(folder.resolve(FolderLock.FILE)) || Files.exists(folder.resolve(Secrets.FILE));
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> content = Files.list(folder)) {
            return content.findAny().isEmpty();
        }
    }

    /** From now on {@link #checkStarts} fails. */
    public void endStarts() {
        ending = true;
    }

    /**
     * Checks that processes may still be started from it.
     *
     * @throws StackException where the stack has ended
     */
    public void checkStarts() {
        if (ending) {
            throw new StackException("the stack of the data folder %s has ended".formatted(folder));
        }
    }

    /**
     * Checks that the disk has room for a new stack.
     *
     * @throws StackException where it has not
     */
    public void checkSpace() {
        long freeMib = freeMib();
        if (freeMib < NEEDED_MIB) {
            throw new StackException(
                    "The disk of the data folder %s is full: %d MiB are free and %d are needed. DATA_DIR names another folder."
                            .formatted(folder, freeMib, NEEDED_MIB));
        }
    }

    private long freeMib() {
        try {
            return Files.getFileStore(folder).getUsableSpace() >> 20;
        } catch (IOException unusable) {
            throw unusable(folder, unusable);
        }
    }

    /** The folder itself, absolute. */
    public Path folder() {
        return folder;
    }

    /** The record of the processes that were started from it. */
    public ProcessRecord processes() {
        return processes;
    }

    /** The log of a part since its last start. */
    public Path log(String part) {
        return folder.resolve("logs").resolve(part + ".log");
    }

    /** Renames the last logs of a part to {@code <part>.1.log}, {@code <part>.2.log} and so on, the newest first. */
    public void rotateLog(String part) throws IOException {
        for (int age = KEPT_LOGS - 1; age >= 0; age--) {
            Path newer = age == 0 ? log(part) : log(part + "." + age);
            if (Files.exists(newer, LinkOption.NOFOLLOW_LINKS)) {
                Path older = log(part + "." + (age + 1));
                // A move does not replace a folder.
                PathUtils.delete(older);
                Files.move(newer, older);
            }
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException failed) {
            throw new StackException(
                    "The data folder %s cannot be closed: %s".formatted(folder, FileFailure.reason(failed)), failed);
        }
    }
}
