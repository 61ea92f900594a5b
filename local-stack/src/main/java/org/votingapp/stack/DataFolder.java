package org.votingapp.stack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder that holds all that a stack keeps: stores, secrets, ports, logs, the servers' output.
 *
 * <p>One stack at a time may have it open; a lock file says so, which the system drops with the process. Only its
 * owner may read it.
 */
public final class DataFolder implements AutoCloseable {

    /** What a new stack writes at once (stores, servers' caches) and some votes, in MiB. */
    static final long NEEDED_MIB = 400;

    /** By these it is known where a power loss took its lock file. */
    static final String SECRETS = "secrets.properties";

    private static final int KEPT_LOGS = 3;

    private final Path folder;
    private final FileChannel lock;
    private final Processes processes;
    private volatile boolean ending;

    private DataFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
        this.processes = new Processes(folder.resolve("processes.properties"));
    }

    /**
     * Opens a folder, and makes it where it is absent.
     *
     * @throws StackException where it cannot be written, holds what is none of a stack, or is in use by another one
     */
    public static DataFolder open(Path folder) {
        try {
            Files.createDirectories(folder);
            Path resolved = folder.toRealPath();
            Path lock = resolved.resolve("lock");
            if (!Files.exists(lock) && !Files.exists(resolved.resolve(SECRETS)) && !isEmpty(resolved)) {
                throw new StackException(
                        "The data folder %s holds something, and not a local stack's data. DATA_DIR names another one."
                                .formatted(folder));
            }
            if (Files.getFileStore(resolved).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(resolved, PosixFilePermissions.fromString("rwx------"));
            }
            FileChannel held = lock(lock);
            try {
                Files.createDirectories(resolved.resolve("logs"));
                return new DataFolder(resolved, held);
            } catch (IOException | RuntimeException damaged) {
                held.close();
                throw damaged;
            }
        } catch (IOException unusable) {
            throw unusable(folder, unusable);
        }
    }

    private static StackException unusable(Path folder, IOException cause) {
        return new StackException(
                "The data folder %s cannot be used: %s. DATA_DIR names another one.".formatted(folder, reason(cause)),
                cause);
    }

    /** What is wrong, in words: the JDK's exceptions for files often hold nothing but the file. */
    static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException denied) {
            return "permission denied for " + denied.getFile();
        }
        if (failure instanceof FileAlreadyExistsException exists) {
            return exists.getFile() + " is not a folder";
        }
        if (failure instanceof NoSuchFileException absent) {
            return absent.getFile() + " is not there";
        }
        return failure.getMessage();
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> content = Files.list(folder)) {
            return content.findAny().isEmpty();
        }
    }

    /** From now on no process may be started from it. */
    void endStarts() {
        ending = true;
    }

    /**
     * Checks that processes may be started from it.
     *
     * @throws StackException where they may not any more
     */
    void checkStarts() {
        if (ending) {
            throw new StackException("the stack of the data folder %s has ended".formatted(folder));
        }
    }

    /**
     * Checks that there is room for what a new stack writes at once.
     *
     * @throws StackException where there is none
     */
    void checkSpace() {
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

    private static FileChannel lock(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        Optional<FileLock> held;
        try {
            held = Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException inThisProcess) {
            held = Optional.empty();
        }
        if (held.isEmpty()) {
            String owner = SmallFile.read(file, "").orElse("").strip();
            channel.close();
            throw new StackException(
                    "The data folder %s is in use by another local stack%s. DATA_DIR names another one."
                            .formatted(file.getParent(), owner.matches("\\d+") ? " (process " + owner + ")" : ""));
        }
        channel.truncate(0);
        channel.write(StandardCharsets.US_ASCII.encode(ProcessHandle.current().pid() + "\n"));
        return channel;
    }

    /** The folder itself, absolute. */
    public Path folder() {
        return folder;
    }

    /** The processes that were started from this folder. */
    Processes processes() {
        return processes;
    }

    /** The log of a part, since it was last started. */
    public Path log(String part) {
        return folder.resolve("logs").resolve(part + ".log");
    }

    /** Keeps the last logs of a part as {@code <part>.1.log} and so on, the newest first. */
    void rotateLog(String part) throws IOException {
        for (int age = KEPT_LOGS - 1; age >= 0; age--) {
            Path newer = age == 0 ? log(part) : log(part + "." + age);
            if (Files.exists(newer, LinkOption.NOFOLLOW_LINKS)) {
                Path older = log(part + "." + (age + 1));
                // Whatever it is: a folder could not be replaced.
                Tree.delete(older);
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
                    "The data folder %s cannot be closed: %s".formatted(folder, reason(failed)), failed);
        }
    }
}
