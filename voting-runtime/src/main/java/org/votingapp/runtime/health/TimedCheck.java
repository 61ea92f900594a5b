package org.votingapp.runtime.health;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.votingapp.runtime.store.StoreAddress;

/**
 * A health check with a time limit, for a store that may hang. It runs at most once a second, however many probes come.
 *
 * <p>The executor runs one check at a time: while one hangs, callers get a {@link Finding} that is down and no further thread is
 * used. A failure is down too, with the {@link StoreAddress}'s reason. Thread-safe.
 */
public final class TimedCheck {

    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

    private final Executor executor;
    private final Duration limit;
    private final StoreAddress store;
    private final Callable<Finding> check;

    private CompletableFuture<Finding> latest =
            CompletableFuture.failedFuture(new IllegalStateException("not yet run"));
    private long startedNanos = System.nanoTime() - 2 * FRESH_NANOS;

    /**
     * @param executor runs the check; a managed executor in a server
     * @param limit how long a caller waits
     * @param store the store that is checked
     * @param check asks; may throw and may block
     */
    public TimedCheck(Executor executor, Duration limit, StoreAddress store, Callable<Finding> check) {
        this.executor = executor;
        this.limit = limit;
        this.store = store;
        this.check = check;
    }

    /** The finding of the last second, or a new one; waits no longer than the limit. */
    public Finding finding() {
        CompletableFuture<Finding> run = currentRun();
        try {
            return run.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException hanging) {
            return Finding.down(store.silentFor(limit));
        } catch (ExecutionException failed) {
            return Finding.down(store.reason(failed.getCause()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Finding.down("the server is stopping");
        }
    }

    private synchronized CompletableFuture<Finding> currentRun() {
        if (latest.isDone() && System.nanoTime() - startedNanos >= FRESH_NANOS) {
            startedNanos = System.nanoTime();
            CompletableFuture<Finding> run = new CompletableFuture<>();
            latest = run;
            try {
                executor.execute(() -> complete(run));
            } catch (RuntimeException refused) {
                run.completeExceptionally(refused);
            }
        }
        return latest;
    }

    private void complete(CompletableFuture<Finding> run) {
        try {
            run.complete(check.call());
        } catch (Exception | Error failed) {
            // Also for an Error: otherwise no further check would ever run.
            run.completeExceptionally(failed);
        }
    }
}
