package org.votingapp.result.watch;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.votingapp.result.tally.PublishedTally;

/**
 * Sees to it that each watcher gets every new tally at once, or the newest where it was busy with an older one, and a
 * heartbeat where its stream was silent for long.
 *
 * <p>Its own thread only tells who lacks something, and never waits for a client; that is for the {@link Senders}.
 * Thread-safe.
 */
final class Distribution implements Runnable {

    private static final Logger LOG = Logger.getLogger(Distribution.class.getName());

    /** How often it looks for streams that are silent. */
    static final Duration TICK = Duration.ofSeconds(1);

    private final Supplier<Optional<PublishedTally>> newest;
    private final BooleanSupplier fresh;
    private final WatcherCounts counts;
    private final Senders senders;
    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
    private final Semaphore news = new Semaphore(0);
    private volatile boolean stopped;
    private volatile long tickNanos = System.nanoTime();

    /**
     * @param newest the newest tally
     * @param fresh whether that is up to date
     * @param few how many threads send, while no client holds one up
     */
    Distribution(
            Supplier<Optional<PublishedTally>> newest,
            BooleanSupplier fresh,
            WatcherCounts counts,
            ThreadFactory threads,
            int few) {
        this.newest = newest;
        this.fresh = fresh;
        this.counts = counts;
        this.senders = new Senders(threads, few, this::serve);
    }

    /** Takes a watcher in, and sends it the newest tally on the caller's thread. */
    void add(Watcher watcher) {
        watchers.add(watcher);
        serve(watcher);
    }

    /** There is a new tally. */
    void tell() {
        news.release();
    }

    /** How many watch. */
    int size() {
        return watchers.size();
    }

    /** How many threads wait for a client that does not read. */
    int heldUp() {
        return senders.heldUp();
    }

    /** The time since it last went round; never much more than {@link #TICK} while all is well. */
    Duration beatAge() {
        return Duration.ofNanos(System.nanoTime() - tickNanos);
    }

    /** Whether it has not been stopped. */
    boolean isRunning() {
        return !stopped;
    }

    /** Ends {@link #run} and every stream; one that a thread serves ends when it has been served. */
    void stop() {
        stopped = true;
        news.release();
        senders.stop();
        watchers.forEach(this::closeUnlessBusy);
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                Duration wait = senders.allTaken() ? TICK : Senders.HELD_UP;
                boolean told = news.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS);
                try {
                    turn(told);
                } catch (RuntimeException fault) {
                    LOG.log(Level.SEVERE, "Distributing the tally hit a fault of ours, and goes on", fault);
                }
            }
        } catch (InterruptedException serverStops) {
            Thread.currentThread().interrupt();
        }
    }

    private void turn(boolean told) {
        if (told) {
            news.drainPermits();
            watchers.forEach(this::queue);
        }
        long now = System.nanoTime();
        if (now - tickNanos >= TICK.toNanos()) {
            tickNanos = now;
            Heartbeat heartbeat = heartbeat();
            for (Watcher watcher : watchers) {
                if (watcher.heartbeatDue(heartbeat, now)) {
                    queue(watcher);
                }
            }
        }
        senders.reinforce();
    }

    private void queue(Watcher watcher) {
        if (watcher.queue()) {
            senders.add(watcher);
        }
    }

    private Heartbeat heartbeat() {
        return fresh.getAsBoolean() ? Heartbeat.LIVE : Heartbeat.BEHIND;
    }

    /** Serves a watcher; waits for its client. */
    private void serve(Watcher watcher) {
        long before = watcher.sentId();
        Watcher.State after = serveOrRemove(watcher);
        if (watcher.sentId() != before) {
            counts.sent().increment();
        }
        switch (after) {
            case QUEUED -> senders.add(watcher);
            case GONE -> remove(watcher, counts.gone());
            case SLOW -> remove(watcher, counts.slow());
            default -> {
                // It has all there is.
            }
        }
        if (stopped) {
            closeUnlessBusy(watcher);
        }
    }

    private Watcher.State serveOrRemove(Watcher watcher) {
        try {
            return watcher.serve(newest, this::heartbeat);
        } catch (RuntimeException | Error fault) {
            // Nobody would serve it again, and it would keep its connection and its place.
            remove(watcher, counts.gone());
            throw fault;
        }
    }

    private void closeUnlessBusy(Watcher watcher) {
        if (watcher.closeUnlessBusy()) {
            watchers.remove(watcher);
        }
    }

    private void remove(Watcher watcher, LongAdder count) {
        watchers.remove(watcher);
        count.increment();
        watcher.close();
    }
}
