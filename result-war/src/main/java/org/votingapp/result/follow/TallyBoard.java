package org.votingapp.result.follow;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.votingapp.result.tally.PublishedTally;
import org.votingapp.result.tally.Tally;

/**
 * Shows one poll's newest tally to every page, API call and watcher, so that none of them asks Postgres.
 *
 * <p>One thread at a time shows tallies; any thread may look. The board is empty until a tally was read once. Whoever looks
 * for long holds the board: one that nobody holds may be dropped, and then shows no newer tally.
 */
public class TallyBoard {

    /** An older reading is not fresh. */
    public static final Duration FRESH = Duration.ofSeconds(5);

    private static final int DROPPED = -1;

    private final String pollId;
    private final LongSupplier nanoTime;
    private final Consumer<TallyBoard> announcement;
    private final AtomicInteger holders = new AtomicInteger();
    private volatile Optional<PublishedTally> newest = Optional.empty();
    private volatile Optional<Long> readNanos = Optional.empty();
    private volatile long askedNanos;

    /**
     * Begins empty.
     *
     * @param nanoTime measures ages, as {@link System#nanoTime}, so that a clock that is set back does not change them
     * @param announcement is told of each new tally, on the thread that shows it
     */
    public TallyBoard(String pollId, LongSupplier nanoTime, Consumer<TallyBoard> announcement) {
        this.pollId = pollId;
        this.nanoTime = nanoTime;
        this.announcement = announcement;
        asked();
    }

    /** The poll. */
    public String pollId() {
        return pollId;
    }

    /**
     * The newest tally; empty before the first reading.
     *
     * <p>A result leaves the server only through here: pages, JSON, CSV, streams and metrics all ask this method.
     */
    public Optional<PublishedTally> newest() {
        return newest;
    }

    /** The time since the tally was last read from the store; empty before the first time. */
    public Optional<Duration> age() {
        return readNanos.map(read -> Duration.ofNanos(nanoTime.getAsLong() - read));
    }

    /** Whether the tally was read within {@link #FRESH}. */
    public boolean isFresh() {
        return age().filter(age -> age.compareTo(FRESH) <= 0).isPresent();
    }

    /** Keeps the board until {@link #release}; false where it has been dropped. */
    public boolean hold() {
        return holders.getAndUpdate(now -> now == DROPPED ? DROPPED : now + 1) != DROPPED;
    }

    /** Ends a {@link #hold}. */
    public void release() {
        asked();
        holders.decrementAndGet();
    }

    /** Somebody asks for the board, and does not hold it. */
    void asked() {
        askedNanos = nanoTime.getAsLong();
    }

    /** Whether nobody holds it. */
    boolean isUnwatched() {
        return holders.get() == 0;
    }

    /** The time since somebody last asked for it or released it. */
    Duration idleTime() {
        return Duration.ofNanos(nanoTime.getAsLong() - askedNanos);
    }

    /** Gives the board up, unless somebody holds it; says whether it did. */
    boolean drop() {
        return holders.compareAndSet(0, DROPPED);
    }

    /** The tally was read, whether or not it has changed. */
    void wasRead() {
        readNanos = Optional.of(nanoTime.getAsLong());
    }

    /** Publishes a tally, unless it equals the newest one. */
    void show(Tally tally, long nowMillis) {
        if (newest.filter(shown -> shown.tally().equals(tally)).isPresent()) {
            return;
        }
        // Milliseconds, but always above the id before: the clock may be set back.
        long id = Math.max(nowMillis, newest.map(shown -> shown.id() + 1).orElse(0L));
        newest = Optional.of(PublishedTally.of(id, tally));
        announcement.accept(this);
    }
}
