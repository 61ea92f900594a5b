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
 * A few threads that serve watchers from one queue, and more of them for as long as clients hold some up.
 *
 * <p>A write to a client that does not read waits until the server's write time-out. A thread that is held up so is
 * replaced by several, so that many who do not read hold the other watchers up for a look or two; one that is not needed
 * any more ends. Thread-safe, but for {@link #reinforce}.
 */
final class Senders {

    private static final Logger LOG = Logger.getLogger(Senders.class.getName());

    /** A thread that serves one watcher for this long is held up. */
    static final Duration HELD_UP = Duration.ofMillis(20);

    private static final Duration IDLE = Duration.ofSeconds(5);
    private static final int MOST_THREADS = 256;
    /** Threads for one that is held up: those who do not read stop taking at about the same tally. */
    private static final int REPLACEMENTS = 4;

    private final ThreadFactory threads;
    private final int few;
    private final Consumer<Watcher> service;
    private final BlockingQueue<Watcher> queue = new LinkedBlockingQueue<>();
    private final Set<Sender> senders = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    /**
     * @param few how many threads there always are
     * @param service serves one watcher; may wait for its client
     */
    Senders(ThreadFactory threads, int few, Consumer<Watcher> service) {
        this.threads = threads;
        this.few = few;
        this.service = service;
    }

    /** Serves a watcher as soon as a thread is free. */
    void add(Watcher watcher) {
        queue.add(watcher);
    }

    /** Whether all that was added is being served or was. */
    boolean allTaken() {
        return queue.isEmpty();
    }

    /** How many threads wait for a client. */
    int heldUp() {
        long now = System.nanoTime();
        return (int) senders.stream().filter(sender -> sender.heldUp(now)).count();
    }

    /** Starts threads in place of those that are held up; called by one thread only. */
    void reinforce() {
        int heldUp = heldUp();
        int wanted = queue.isEmpty() ? few : Math.min(MOST_THREADS, heldUp + Math.max(few, REPLACEMENTS * heldUp));
        for (int size = senders.size(); size < wanted && !stopped; size++) {
            Sender sender = new Sender();
            senders.add(sender);
            threads.newThread(sender).start();
        }
    }

    /** Ends the threads, each when it has served whom it serves. */
    void stop() {
        stopped = true;
    }

    private synchronized boolean dismiss(Sender sender) {
        return senders.size() > few && senders.remove(sender);
    }

    private final class Sender implements Runnable {

        private static final long FREE = Long.MIN_VALUE;

        private volatile long sinceNanos = FREE;

        boolean heldUp(long now) {
            long since = sinceNanos;
            return since != FREE && now - since > HELD_UP.toNanos();
        }

        @Override
        public void run() {
            try {
                boolean needed = true;
                while (needed && !stopped) {
                    Watcher watcher = queue.poll(IDLE.toNanos(), TimeUnit.NANOSECONDS);
                    if (watcher == null) {
                        needed = !dismiss(this);
                    } else {
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
            sinceNanos = System.nanoTime();
            try {
                service.accept(watcher);
            } catch (RuntimeException fault) {
                LOG.log(Level.SEVERE, "Sending to a watcher hit a fault of ours", fault);
            } finally {
                sinceNanos = FREE;
            }
        }
    }
}
