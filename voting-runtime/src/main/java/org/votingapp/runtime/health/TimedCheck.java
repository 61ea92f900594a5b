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
 * A check of something that may hang, with a time limit, asked at most once a second however many probes come.
 *
 * <p>The check runs on the given executor, never more than once at a time: while an earlier run hangs, callers are told
 * that it hangs, and no further thread is spent. A failure becomes a {@link Finding} that is down, for the
 * reason that the {@link StoreAddress} gives. Thread-safe.
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
     * @param store what is asked
     * @param check asks; may throw and may block
     */
    public TimedCheck(Executor executor, Duration limit, StoreAddress store, Callable<Finding> check) {
        this.executor = executor;
        this.limit = limit;
        this.store = store;
        this.check = check;
    }

    /** What the check found within the last second, or finds now; waits no longer than the limit. */
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
            // Whatever it is, no later run starts before this one has ended.
            run.completeExceptionally(failed);
        }
    }
}
