package org.votingapp.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One process of the stack, with its children: a Liberty server, Redis or Postgres.
 *
 * <p>A part can be started again after it was stopped or died. Implementations are thread-safe.
 */
public interface Part {

    /** Its name in lines, logs and folders, such as {@code worker-2}. */
    String name();

    /** Where people find it, such as {@code http://localhost:8080/}. */
    String address();

    /**
     * Starts the process and returns as soon as it runs; it is not ready then. Preparations, such as making a new
     * database, may take seconds.
     *
     * @throws StackException where it cannot be started
     * @throws IllegalStateException where it runs
     */
    void start();

    /**
     * What still keeps it from being ready, or empty where it is ready; asks it, and takes no longer than 2 s.
     *
     * @throws StackException where it runs but will not become ready
     */
    Optional<String> waitsFor();

    /**
     * Waits until it is ready.
     *
     * @throws StackException where it is not ready in time, or has died
     */
    void awaitReady(Duration limit);

    /** Ends it in good order, and returns when it is gone; does nothing where it does not run. */
    void stop();

    /** Ends it at once (SIGKILL), children included, and returns when all are gone. */
    void kill();

    /** Holds it and its children where they are (SIGSTOP); connections stay open and nothing answers. */
    void freeze();

    /** Lets it go on (SIGCONT). */
    void thaw();

    /** Whether its process runs; a frozen one does. */
    boolean isAlive();

    /** Waits until the process has ended, and says how it ended; at once where it does not run. */
    String awaitEnd() throws InterruptedException;

    /** The process and its children, itself first; empty where it does not run. */
    List<Long> pids();

    /** What it wrote to its standard output and error since it was last started. */
    Path log();
}
