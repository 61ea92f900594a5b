package org.votingapp.worker.drain;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.votingapp.worker.config.WorkerSettings;
import org.votingapp.worker.stream.BallotStream;
import org.votingapp.worker.stream.Delivery;
import org.votingapp.worker.stream.EntryId;

/**
 * Plans what one consumer of the stream does next, and when.
 *
 * <ol>
 *   <li>It reads its pending entries: all of them at the start and after a failure, later those that it has claimed.
 *   <li>Three times in each {@code WORKER_CLAIM_IDLE} it claims entries that have been pending that long.
 *   <li>Otherwise it reads entries that no consumer has seen.
 * </ol>
 *
 * <p>Used by one thread.
 */
final class ReadPlan {

    /** What a consumer does with the stream. */
    enum Step {
        /** Reads what is pending for it, after {@link #pendingAfter}. */
        READ_PENDING,
        /** Claims what is pending for others, from {@link #claimFrom}. */
        CLAIM,
        /** Reads what nobody has seen, after {@link #pause}. */
        READ_UNSEEN
    }

    private final Duration pace;
    private final Duration claimEvery;
    private final int batchSize;
    private final LongSupplier nanoTime;

    /** The pending entries to read lie after the first id, and not after the second. */
    private EntryId pendingAfter;

    private EntryId pendingUntil;
    private int pendingMost;
    private EntryId claimFrom = EntryId.ZERO;
    private long claimAtNanos;
    private long readUnseenAtNanos;

    /** Begins with all that is pending. */
    ReadPlan(WorkerSettings settings) {
        this(settings, System::nanoTime);
    }

    ReadPlan(WorkerSettings settings, LongSupplier nanoTime) {
        this.pace = settings.pace();
        this.claimEvery = settings.claimIdle().dividedBy(3);
        this.batchSize = settings.batchSize();
        this.nanoTime = nanoTime;
        this.claimAtNanos = nanoTime.getAsLong();
        this.readUnseenAtNanos = claimAtNanos;
        beginAgain();
    }

    /** After a failure: plans to read all pending entries, the first one alone. */
    void beginAgain() {
        pendingAfter = EntryId.ZERO;
        pendingUntil = EntryId.LAST;
        // Twice as many each time: a few huge entries must not fill the memory again and again.
        pendingMost = 1;
    }

    /** The next step. */
    Step next() {
        if (pendingAfter.compareTo(pendingUntil) < 0) {
            return Step.READ_PENDING;
        }
        return nanoTime.getAsLong() - claimAtNanos >= 0 ? Step.CLAIM : Step.READ_UNSEEN;
    }

    /** After which id to read pending entries. */
    EntryId pendingAfter() {
        return pendingAfter;
    }

    /** How many pending entries to read at most. */
    int pendingMost() {
        return pendingMost;
    }

    /** From which id to claim. */
    EntryId claimFrom() {
        return claimFrom;
    }

    /** How long to wait before the next read of unseen entries: while ballots trickle in, many share a commit. */
    Duration pause() {
        return Duration.ofNanos(Math.max(0, readUnseenAtNanos - nanoTime.getAsLong()));
    }

    /** Pending entries were read. The next read goes on after them, since some of them may have to stay pending. */
    void pendingRead(Delivery delivery) {
        pendingAfter = delivery.isEmpty() ? pendingUntil : delivery.last();
        pendingMost = Math.min(2 * pendingMost, batchSize);
    }

    /** Unseen entries were read. */
    void unseenRead(Delivery delivery) {
        boolean trickle = !delivery.isEmpty() && delivery.entries().size() < batchSize;
        readUnseenAtNanos = nanoTime.getAsLong() + (trickle ? pace.toNanos() : 0);
    }

    /** Entries were claimed, and are pending for this consumer now. */
    void claimed(BallotStream.Claim claim) {
        List<EntryId> entries = claim.entries();
        if (!entries.isEmpty()) {
            pendingAfter = entries.get(0).previous();
            pendingUntil = entries.get(entries.size() - 1);
        }
        claimFrom = claim.next();
        if (claim.isComplete()) {
            claimAtNanos = nanoTime.getAsLong() + claimEvery.toNanos();
        }
    }
}
