package org.votingapp.result.watch;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.votingapp.result.tally.PublishedTally;
import org.votingapp.runtime.health.Heartbeat;

/**
 * Brings each new tally to every watcher, and a heartbeat to every watcher whose stream was silent for long.
 *
 * <p>Its own thread never waits for a client. It only queues the watchers that lack something; the {@link Senders} write to
 * them. A watcher that is slower than the tallies skips those that are not the newest any more. Thread-safe.
 */
final class Distribution implements Runnable {

    /** How often it looks for silent streams. */
    static final Duration TICK = Duration.ofSeconds(1);

    private static final Logger LOG = Logger.getLogger(Distribution.class.getName());

    private final Supplier<Optional<PublishedTally>> newest;
    private final BooleanSupplier fresh;
    private final WatcherMeter meter;
    private final Senders senders;
    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
    private final Semaphore published = new Semaphore(0);
    private final Heartbeat heartbeat = new Heartbeat();
    private volatile boolean stopped;

    /**
     * @param newest the newest tally
     * @param fresh whether the newest tally is what Postgres holds
     * @param leastThreads the number of sending threads while no client blocks one
     */
    Distribution(
            Supplier<Optional<PublishedTally>> newest,
            BooleanSupplier fresh,
            WatcherMeter meter,
            ThreadFactory threads,
            int leastThreads) {
        this.newest = newest;
        this.fresh = fresh;
        this.meter = meter;
        this.senders = new Senders(threads, leastThreads, this::serve);
    }

    /** Adds a watcher, and sends it the newest tally on the caller's thread. */
    void add(Watcher watcher) {
        watchers.add(watcher);
        serve(watcher);
    }

    /** Wakes the distribution, since a new tally was published. */
    void published() {
        published.release();
    }

    /** The number of open streams. */
    int size() {
        return watchers.size();
    }

    /** The number of threads that a client blocks by not reading. */
    int blockedSenders() {
        return senders.blocked();
    }

    /** The time since its thread last looked for silent streams; about {@link #TICK} at most while that thread lives. */
    Duration beatAge() {
        return heartbeat.age();
    }

    /** Whether {@link #stop} was not called yet. */
    boolean isRunning() {
        return !stopped;
    }

    /** Ends {@link #run} and every stream; a stream that a thread writes to ends after that. */
    void stop() {
        stopped = true;
        published.release();
        senders.stop();
        watchers.forEach(this::closeUnlessBusy);
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                // A queue that does not empty may need more threads soon.
                Duration wait = senders.isQueueEmpty() ? TICK : Senders.BLOCKED;
                boolean isPublished = published.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS);
                try {
                    turn(isPublished);
                } catch (RuntimeException fault) {
                    LOG.log(Level.SEVERE, "Distributing the tally hit a fault of ours, and goes on", fault);
                }
            }
        } catch (InterruptedException serverStops) {
            Thread.currentThread().interrupt();
        }
    }

    private void turn(boolean isPublished) {
        if (isPublished) {
            published.drainPermits();
            watchers.forEach(this::queue);
        }
        if (heartbeat.age().compareTo(TICK) >= 0) {
            heartbeat.beat();
            queueSilentStreams();
        }
        senders.reinforce();
    }

    private void queueSilentStreams() {
        HeartbeatEvent event = heartbeatEvent();
        long now = System.nanoTime();
        for (Watcher watcher : watchers) {
            if (watcher.isDue(event, now)) {
                queue(watcher);
            }
        }
    }

    private void queue(Watcher watcher) {
        if (watcher.queue()) {
            senders.add(watcher);
        }
    }

    private HeartbeatEvent heartbeatEvent() {
        return fresh.getAsBoolean() ? HeartbeatEvent.LIVE : HeartbeatEvent.BEHIND;
    }

    /** Writes to a watcher what it lacks; may block. */
    private void serve(Watcher watcher) {
        switch (serveOrRemove(watcher)) {
            case QUEUED -> senders.add(watcher);
            case GONE -> {
                meter.gone();
                remove(watcher);
            }
            case SLOW -> {
                meter.slow();
                remove(watcher);
            }
            case UP_TO_DATE -> {
                // It has the newest tally.
            }
        }
        if (stopped) {
            closeUnlessBusy(watcher);
        }
    }

    private Watcher.Outcome serveOrRemove(Watcher watcher) {
        try {
            return watcher.serve(newest, this::heartbeatEvent);
        } catch (RuntimeException | Error fault) {
            // Otherwise it would keep its connection and its place for ever.
            meter.gone();
            remove(watcher);
            throw fault;
        }
    }

    private void closeUnlessBusy(Watcher watcher) {
        if (watcher.closeUnlessBusy()) {
            watchers.remove(watcher);
        }
    }

    private void remove(Watcher watcher) {
        watchers.remove(watcher);
        watcher.close();
    }
}
