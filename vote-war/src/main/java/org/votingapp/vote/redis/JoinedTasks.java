package org.votingapp.vote.redis;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs short tasks on few threads: those that come close together follow each other on one, and a task that blocks holds
 * up those behind it until the next one comes.
 *
 * <p>Thread-safe. At most one thread is on its way at any time, and each runs what waits until nothing does; so there are
 * as many as it takes, those that are blocked not counted. What waits is not bounded here, but by who hands it in.
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
                // The server takes no tasks any more; those that wait must not be lost.
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
