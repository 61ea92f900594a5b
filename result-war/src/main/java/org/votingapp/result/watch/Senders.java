package org.votingapp.result.watch;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The threads that write to watchers: a pool that takes watchers from one queue.
 *
 * <p>A client that does not read blocks its thread until the server's write time-out. So the pool grows by several threads
 * for each blocked one, and shrinks again as soon as fewer are blocked: many silent clients delay the others by
 * milliseconds. Threads that wait take turns, so a pool that stays large makes each tally dearer. Thread-safe, except
 * {@link #reinforce}.
 */
final class Senders {

    private static final Logger LOG = Logger.getLogger(Senders.class.getName());

    /** A thread that serves one watcher for longer is blocked. */
    static final Duration BLOCKED = Duration.ofMillis(20);

    private static final Duration IDLE = Duration.ofSeconds(5);
    private static final int MOST_THREADS = 256;
    /** New threads for each blocked one: clients that stop reading all block at about the same tally. */
    private static final int REPLACEMENTS = 4;

    private final ThreadFactory threads;
    private final int least;
    private final Consumer<Watcher> service;
    private final BlockingQueue<Watcher> queue = new LinkedBlockingQueue<>();
    private final Set<Sender> senders = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    /**
     * Has no thread before the first {@link #reinforce}.
     *
     * @param least the number of threads while none is blocked
     * @param service serves one watcher; may block
     */
    Senders(ThreadFactory threads, int least, Consumer<Watcher> service) {
        this.threads = threads;
        this.least = least;
        this.service = service;
    }

    /** Queues a watcher for the next free thread. */
    void add(Watcher watcher) {
        queue.add(watcher);
    }

    /** Whether no watcher waits for a thread. */
    boolean isQueueEmpty() {
        return queue.isEmpty();
    }

    /** The number of threads that a client blocks. */
    int blocked() {
        long now = System.nanoTime();
        return (int) senders.stream().filter(sender -> sender.isBlocked(now)).count();
    }

    /** Starts the threads that are missing, those in place of blocked ones included; for one thread only. */
    void reinforce() {
        int wanted = queue.isEmpty() ? least : wanted();
        for (int size = senders.size(); size < wanted && !stopped; size++) {
            Sender sender = new Sender();
            senders.add(sender);
            threads.newThread(sender).start();
        }
    }

    /** Ends each thread after the watcher that it serves. */
    void stop() {
        stopped = true;
    }

    private int wanted() {
        int blocked = blocked();
        return Math.min(MOST_THREADS, blocked + Math.max(least, REPLACEMENTS * blocked));
    }

    private synchronized boolean dismiss(Sender sender) {
        return senders.size() > wanted() && senders.remove(sender);
    }

    private final class Sender implements Runnable {

        private static final long FREE = Long.MIN_VALUE;

        private volatile long servesSinceNanos = FREE;

        boolean isBlocked(long now) {
            long since = servesSinceNanos;
            return since != FREE && now - since > BLOCKED.toNanos();
        }

        @Override
        public void run() {
            try {
                while (!stopped && !(senders.size() > least && dismiss(this))) {
                    Watcher watcher = queue.poll(IDLE.toNanos(), TimeUnit.NANOSECONDS);
                    if (watcher != null) {
                        serve(watcher);
                    }
                }
            } catch (InterruptedException serverStops) {
                Thread.currentThread().interrupt();
            } finally {
                senders.remove(this);
            }
        }

        private void serve(Watcher watcher) {
            servesSinceNanos = System.nanoTime();
            try {
                service.accept(watcher);
            } catch (RuntimeException fault) {
                LOG.log(Level.SEVERE, "Sending to a watcher hit a fault of ours", fault);
            } finally {
                servesSinceNanos = FREE;
            }
        }
    }
}
