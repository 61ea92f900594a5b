package org.votingapp.result.follow;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.votingapp.poll.ResultViewer;
import org.votingapp.poll.ResultsPolicy;
import org.votingapp.result.tally.HiddenResult;
import org.votingapp.result.tally.HiddenTally;
import org.votingapp.result.tally.PublishedTally;
import org.votingapp.result.tally.ResultView;
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
    private final AtomicInteger holders = new AtomicInteger();
    private volatile Map<ResultViewer, ResultView> newest = Map.of();
    private volatile Optional<Long> readNanos = Optional.empty();
    private volatile boolean deleted;
    private volatile long askedNanos;
    /** Of the thread that shows tallies. */
    private volatile long lastId = -1;

    /**
     * Begins empty.
     *
     * @param nanoTime measures ages, as {@link System#nanoTime}, so that a clock that is set back does not change them
     */
    public TallyBoard(String pollId, LongSupplier nanoTime) {
        this.pollId = pollId;
        this.nanoTime = nanoTime;
        asked();
    }

    /** The poll. */
    public String pollId() {
        return pollId;
    }

    /**
     * What somebody may see of the newest tally; empty before the first reading.
     *
     * <p>A result leaves the server only through here: pages, JSON, CSV, streams and metrics all ask this method. A hidden one
     * comes as a {@link HiddenResult}, which has no counts.
     */
    public Optional<ResultView> newest(ResultViewer viewer) {
        return Optional.ofNullable(newest.get(viewer));
    }

    /** The time since the tally was last read from the store; empty before the first time. */
    public Optional<Duration> age() {
        return readNanos.map(read -> Duration.ofNanos(nanoTime.getAsLong() - read));
    }

    /** Whether the tally was read within {@link #FRESH}. */
    public boolean isFresh() {
        return age().filter(age -> age.compareTo(FRESH) <= 0).isPresent();
    }

    /** Whether the poll's organiser has deleted it; the last tally stays for those who watch. */
    public boolean isDeleted() {
        return deleted;
    }

    /** Says whether the poll is deleted. */
    void delete(boolean isDeleted) {
        deleted = isDeleted;
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

    /** Shows each viewer what the policy lets them see; false where all of them saw that already. */
    boolean show(Tally tally, ResultsPolicy policy, long nowMillis) {
        // Milliseconds, but always above the id before: the clock may be set back.
        long id = Math.max(nowMillis, lastId + 1);
        boolean toAnybody = policy.shows(ResultViewer.ANYBODY, tally.isFinal());
        boolean toVoters = policy.shows(ResultViewer.VOTER, tally.isFinal());
        ResultView anybody = view(ResultViewer.ANYBODY, toAnybody, id, tally, policy);
        ResultView voter = toVoters == toAnybody ? anybody : view(ResultViewer.VOTER, toVoters, id, tally, policy);
        if (anybody.id() != id && voter.id() != id) {
            return false;
        }
        lastId = id;
        newest = Map.of(ResultViewer.ANYBODY, anybody, ResultViewer.VOTER, voter);
        return true;
    }

    /** What the viewer saw before, where that says the same. */
    private ResultView view(ResultViewer viewer, boolean isShown, long id, Tally tally, ResultsPolicy policy) {
        ResultView before = newest.get(viewer);
        if (isShown) {
            return before instanceof PublishedTally shown && shown.tally().equals(tally)
                    ? before
                    : PublishedTally.of(id, tally);
        }
        HiddenTally hidden = HiddenTally.of(tally, policy.rule());
        return before instanceof HiddenResult shown && shown.hidden().equals(hidden)
                ? before
                : HiddenResult.of(id, hidden);
    }
}
