package org.votingapp.stack.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.votingapp.stack.terminal.StackException;

/**
 * One process of the stack, with its children: a Liberty server, Redis or Postgres.
 *
 * <p>A part can be started again after it was stopped or died. Implementations are thread-safe.
 */
public interface Part {

    /** Its name in reports, logs and folders, such as {@code worker-2}. */
    String name();

    /** Its address, such as {@code http://localhost:8080/}. */
    String address();

    /**
     * Starts the process, and returns before it is ready. Preparations, such as creating a database, may take seconds.
     *
     * @throws StackException where it cannot be started
     * @throws IllegalStateException where it runs
     */
    void start();

    /**
     * What it waits for; empty where it is ready. Asks it, and takes 2 s at most.
     *
     * @throws StackException where it runs but will not become ready
     */
    Optional<String> waitsFor();

    /**
     * Waits until it is ready.
     *
     * @throws StackException where it is not ready in time, or dies
     */
    void awaitReady(Duration limit);

    /** Shuts it down gracefully, and returns when it is gone; does nothing where it does not run. */
    void stop();

    /** Kills it and its children (SIGKILL), and returns when all are gone. */
    void kill();

    /** Stops it and its children (SIGSTOP): connections stay open, and nothing answers. */
    void freeze();

    /** Continues it and its children (SIGCONT). */
    void thaw();

    /** Whether its process runs, frozen or not. */
    boolean isAlive();

    /** Waits until the process has ended, and says how; returns at once where it does not run. */
    String awaitEnd() throws InterruptedException;

    /** The process and its children, itself first; empty where it does not run. */
    List<Long> pids();

    /** Its standard output and error since its last start. */
    Path log();
}
