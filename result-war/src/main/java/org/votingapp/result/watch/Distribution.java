package org.votingapp.result.watch;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.votingapp.result.follow.TallyBoard;
import org.votingapp.runtime.health.Heartbeat;

/**
 * Brings each new tally to every watcher of its poll, and a heartbeat to every watcher whose stream was silent for long.
 *
 * <p>Its own thread never waits for a client. It only queues the watchers that lack something; the {@link Senders} write to
 * them. A watcher that is slower than the tallies skips those that are not the newest any more. Thread-safe.
 */
final class Distribution implements Runnable {

    /** How often it looks for silent streams. */
    static final Duration TICK = Duration.ofSeconds(1);

    private static final Logger LOG = Logger.getLogger(Distribution.class.getName());

    private final WatcherMeter meter;
    private final Senders senders;
    private final Map<TallyBoard, Set<Watcher>> watchers = new ConcurrentHashMap<>();
    private final AtomicInteger size = new AtomicInteger();
    private final Set<TallyBoard> changed = ConcurrentHashMap.newKeySet();
    private final Semaphore published = new Semaphore(0);
    private volatile boolean staged;
    private final Heartbeat heartbeat = new Heartbeat();
    private volatile boolean stopped;

    /** @param leastThreads the number of sending threads while no client blocks one */
    Distribution(WatcherMeter meter, ThreadFactory threads, int leastThreads) {
        this.meter = meter;
        this.senders = new Senders(threads, leastThreads, this::serve);
    }

    /**
     * Adds a watcher, and sends it the newest tally on the caller's thread. Where its board was dropped a moment ago, the
     * stream ends, and the client connects again.
     */
    void add(Watcher watcher) {
        if (!watcher.board().hold()) {
            watcher.close();
            return;
        }
        size.incrementAndGet();
        watchers.compute(watcher.board(), (board, others) -> {
            Set<Watcher> all = others == null ? ConcurrentHashMap.newKeySet() : others;
            all.add(watcher);
            return all;
        });
        serve(watcher);
    }

    /** Wakes the distribution, since these boards show a new tally. */
    void published(List<TallyBoard> boards) {
        changed.addAll(boards);
        published.release();
    }

    /** Wakes the distribution, since another poll is on stage in a room. */
    void staged() {
        staged = true;
        published.release();
    }

    /** The number of open streams. */
    int size() {
        return size.get();
    }

    /** The number of open streams of one poll. */
    int size(String pollId) {
        return watchers.entrySet().stream()
                .filter(watched -> watched.getKey().pollId().equals(pollId))
                .mapToInt(watched -> watched.getValue().size())
                .sum();
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
        watchers.values().forEach(all -> all.forEach(this::closeUnlessBusy));
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
            queueWatchersOfChanged();
            if (staged) {
                staged = false;
                queueMoved();
            }
        }
        if (heartbeat.age().compareTo(TICK) >= 0) {
            heartbeat.beat();
            queueSilentStreams();
        }
        senders.reinforce();
    }

    private void queueWatchersOfChanged() {
        for (TallyBoard board : changed) {
            // Before its watchers are queued: a tally that is published meanwhile queues them again.
            changed.remove(board);
            watchers.getOrDefault(board, Set.of()).forEach(this::queue);
        }
    }

    private void queueMoved() {
        watchers.values().forEach(all -> all.stream().filter(Watcher::isMoved).forEach(this::queue));
    }

    private void queueSilentStreams() {
        long now = System.nanoTime();
        watchers.forEach((board, all) -> {
            HeartbeatEvent event = HeartbeatEvent.of(board);
            for (Watcher watcher : all) {
                if (watcher.isDue(event, now) || watcher.isMoved()) {
                    queue(watcher);
                }
            }
        });
    }

    private void queue(Watcher watcher) {
        if (watcher.queue()) {
            senders.add(watcher);
        }
    }

    /** Writes to a watcher what it lacks; may block. */
    private void serve(Watcher watcher) {
        switch (serveOrRemove(watcher)) {
            case QUEUED -> senders.add(watcher);
            case MOVED -> remove(watcher);
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
            return watcher.serve();
        } catch (RuntimeException | Error fault) {
            // Otherwise it would keep its connection and its place for ever.
            meter.gone();
            remove(watcher);
            throw fault;
        }
    }

    private void closeUnlessBusy(Watcher watcher) {
        if (watcher.closeUnlessBusy()) {
            forget(watcher);
        }
    }

    private void remove(Watcher watcher) {
        forget(watcher);
        watcher.close();
    }

    /** Its board may go once nobody watches it. A watcher ends once, so this is called once for each. */
    private void forget(Watcher watcher) {
        watchers.computeIfPresent(watcher.board(), (board, all) -> {
            all.remove(watcher);
            return all.isEmpty() ? null : all;
        });
        size.decrementAndGet();
        watcher.board().release();
    }
}
