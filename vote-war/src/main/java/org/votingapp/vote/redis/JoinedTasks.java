package org.votingapp.vote.redis;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs short tasks on few threads: tasks that arrive close together run one after the other on one thread.
 *
 * <p>Each thread runs waiting tasks until none is left, and at most one further thread is being started at any time. A task
 * that blocks therefore delays the tasks behind it only until the next task arrives. The queue is unbounded; callers bound
 * it. Thread-safe.
 */
final class JoinedTasks implements Executor {

    private final Executor threads;
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean onItsWay = new AtomicBoolean();

    /** @param threads where the tasks run */
    JoinedTasks(Executor threads) {
        this.threads = threads;
    }

    @Override
    public void execute(Runnable task) {
        waiting.add(task);
        if (onItsWay.compareAndSet(false, true)) {
            try {
                threads.execute(this::runWhatWaits);
            } catch (RejectedExecutionException stopping) {
                // The server is stopping. Waiting tasks must not be lost.
                runWhatWaits();
            }
        }
    }

    private void runWhatWaits() {
        onItsWay.set(false);
        Runnable task = waiting.poll();
        while (task != null) {
            task.run();
            task = waiting.poll();
        }
    }
}
