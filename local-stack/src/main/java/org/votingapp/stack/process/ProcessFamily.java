package org.votingapp.stack.process;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A process and its descendants, as they are now; they receive signals together.
 *
 * @param members the process first
 */
record ProcessFamily(List<ProcessHandle> members) {

    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);

    /** Copies the list. */
    ProcessFamily {
        members = List.copyOf(members);
    }

    static ProcessFamily of(ProcessHandle process) {
        return new ProcessFamily(
                Stream.concat(Stream.of(process), process.descendants()).toList());
    }

    List<Long> pids() {
        return members.stream().map(ProcessHandle::pid).toList();
    }

    /** SIGSTOP: connections stay open, and nothing answers. */
    void freeze() {
        Signals.send("STOP", members);
    }

    /** SIGCONT. */
    void thaw() {
        Signals.send("CONT", members);
    }

    /** Sends the first process the signal on which it ends itself and its children. */
    void signalEnd(String signal) {
        // A frozen process would receive the signal only once it is thawed.
        thaw();
        Signals.send(signal, members.subList(0, 1));
    }

    /** Waits until all are gone; false where the limit passes, or the thread is interrupted, before. */
    boolean awaitEnd(Duration limit) {
        CompletableFuture<?>[] exits =
                members.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(exits).get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException tooLong) {
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** SIGKILL; returns when all are gone, or after 10 s. */
    void kill() {
        Signals.send("KILL", members);
        awaitEnd(KILL_LIMIT);
    }
}
