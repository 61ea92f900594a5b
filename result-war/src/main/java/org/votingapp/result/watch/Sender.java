package org.votingapp.result.watch;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Sends to its share of the watchers, on a thread of its own: each new tally at once, and a heartbeat where it was
 * silent for long.
 */
final class Sender implements Runnable {

    private static final Logger LOG = Logger.getLogger(Sender.class.getName());

    private static final long TICK_NANOS = Duration.ofSeconds(1).toNanos();

    private final Watchers all;
    private final BooleanSupplier fresh;
    private final Set<Watcher> share = ConcurrentHashMap.newKeySet();
    private final Semaphore news = new Semaphore(0);
    private volatile boolean stopped;
    private volatile long tickNanos = System.nanoTime();

    /** @param fresh whether the tally is up to date, which heartbeats tell */
    Sender(Watchers all, BooleanSupplier fresh) {
        this.all = all;
        this.fresh = fresh;
    }

    Set<Watcher> share() {
        return share;
    }

    /** There is a new tally. */
    void wake() {
        news.release();
    }

    /** Ends {@link #run}. */
    void stop() {
        stopped = true;
        news.release();
    }

    /** The time since it last looked after its watchers, by {@link System#nanoTime}. */
    Duration beatAge() {
        return Duration.ofNanos(System.nanoTime() - tickNanos);
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                if (news.tryAcquire(TICK_NANOS, TimeUnit.NANOSECONDS)) {
                    news.drainPermits();
                    guarded(() -> share.forEach(all::send));
                }
                if (System.nanoTime() - tickNanos >= TICK_NANOS) {
                    tickNanos = System.nanoTime();
                    guarded(this::beat);
                }
            }
        } catch (InterruptedException serverStops) {
            Thread.currentThread().interrupt();
        }
    }

    private void beat() {
        Heartbeat heartbeat = fresh.getAsBoolean() ? Heartbeat.LIVE : Heartbeat.BEHIND;
        for (Watcher watcher : share) {
            // A tally that came meanwhile is more urgent than a sign of life, and serves as one.
            all.send(watcher);
            watcher.beat(heartbeat, tickNanos);
        }
    }

    /** A fault of ours with one watcher must not silence the others for good. */
    private static void guarded(Runnable round) {
        try {
            round.run();
        } catch (RuntimeException fault) {
            LOG.log(Level.SEVERE, "Sending to the watchers hit a fault, and goes on", fault);
        }
    }
}
