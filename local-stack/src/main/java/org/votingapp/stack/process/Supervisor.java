package org.votingapp.stack.process;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.votingapp.stack.terminal.Progress;
import org.votingapp.stack.terminal.StackException;

/**
 * Starts parts, and restarts each that dies: after a pause that doubles, up to 30 s, where it keeps dying.
 *
 * <p>Where a part dies three times before all have been ready once, the set-up is wrong, and it is given up.
 */
public final class Supervisor implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    /** A terminal's Ctrl-C reaches all processes; within this time it has reached this one too. */
    private static final Duration GRACE = Duration.ofMillis(300);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration STEADY = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int TRIES_AT_FIRST = 3;

    private final List<Part> parts;
    private final Progress progress;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CompletableFuture<Void> allReady = new CompletableFuture<>();
    private final CountDownLatch notReadyYet;

    /** Starts nothing yet. */
    public Supervisor(List<Part> parts, Progress progress) {
        this.parts = List.copyOf(parts);
        this.progress = progress;
        this.notReadyYet = new CountDownLatch(parts.size());
    }

    /** Starts all parts, each cared for by a thread of its own; returns at once. */
    public void start() {
        if (parts.isEmpty()) {
            allReady.complete(null);
        }
        for (Part part : parts) {
            Thread thread = new Thread(() -> care(part), "care-" + part.name());
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Completes when all parts have been ready; fails with a {@link StackException} where one is given up. */
    public CompletableFuture<Void> allReady() {
        return allReady.copy();
    }

    private void care(Part part) {
        boolean everReady = false;
        int failures = 0;
        try {
            while (!isClosing()) {
                long begun = System.nanoTime();
                boolean ready = false;
                String end;
                try {
                    progress.report(part.name(), "starts");
                    part.start();
                    ready = awaitReady(part, begun);
                    if (ready && !everReady) {
                        everReady = true;
                        oneMoreIsReady();
                    }
                    end = "died (" + part.awaitEnd() + ")";
                } catch (StackException reason) {
                    if (isClosing()) {
                        return;
                    }
                    end = failed(part, reason);
                }
                if (closing.await(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
                boolean steady = System.nanoTime() - begun > STEADY.toNanos();
                failures = ready && steady ? 1 : failures + 1;
                if (!allReady.isDone() && failures == TRIES_AT_FIRST) {
                    throw new StackException("%s %s, %d times at its start. Its log: %s"
                            .formatted(part.name(), end, failures, part.log()));
                }
                pauseAfter(part, end, failures);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error givenUp) {
            if (!allReady.completeExceptionally(givenUp)) {
                throw givenUp;
            }
        }
    }

    /**
     * Before all parts have been ready, a failure ends the stack. Later, a live part that will never be ready, such as a
     * server with an application that was rebuilt wrongly, keeps running until a developer corrects it.
     */
    private String failed(Part part, StackException reason) throws InterruptedException {
        if (!allReady.isDone()) {
            throw reason;
        }
        progress.report(part.name(), reason.getMessage());
        return part.isAlive() ? "died (" + part.awaitEnd() + ")" : "did not start";
    }

    private void oneMoreIsReady() {
        notReadyYet.countDown();
        if (notReadyYet.getCount() == 0) {
            allReady.complete(null);
        }
    }

    private void pauseAfter(Part part, String end, int failures) throws InterruptedException {
        long seconds = failures == 1 ? 0 : Math.min(1L << Math.min(failures - 2, 10), LONGEST_PAUSE.toSeconds());
        String when = seconds == 0 ? "" : " in " + seconds + " s";
        progress.report(part.name(), end + "; it is started again" + when);
        closing.await(seconds, TimeUnit.SECONDS);
    }

    /** Reports what the part waits for, whenever that changes; false where it dies before it is ready. */
    private boolean awaitReady(Part part, long begun) throws InterruptedException {
        Optional<String> reported = Optional.empty();
        boolean late = false;
        while (part.isAlive()) {
            Optional<String> waitsFor = part.waitsFor();
            double seconds = (System.nanoTime() - begun) / 1e9;
            if (isClosing()) {
                return false;
            }
            if (waitsFor.isEmpty()) {
                progress.report(part.name(), "ready after %.1f s".formatted(seconds));
                return true;
            }
            if (!waitsFor.equals(reported) && part.isAlive()) {
                progress.report(part.name(), "waits for " + waitsFor.get());
                reported = waitsFor;
            }
            if (!late && seconds > PATIENCE.toSeconds()) {
                progress.report(part.name(), "is not ready after %.0f s. Its log: %s".formatted(seconds, part.log()));
                late = true;
            }
            if (closing.await(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        return false;
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    /** Restarts no part from now on; ends none. */
    @Override
    public void close() {
        closing.countDown();
    }
}
