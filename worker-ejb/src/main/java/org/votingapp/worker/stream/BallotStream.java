package org.votingapp.worker.stream;

import java.time.Duration;
import java.util.List;
import org.votingapp.worker.store.StoreAwayException;

/**
 * The stream of ballots as one consumer of the group sees it.
 *
 * <p>An entry that was read is pending until {@link #acknowledge} or {@link #reject}. If the consumer dies, the entry stays
 * pending, and another consumer may {@link #claim} it. After a {@link StoreAwayException} nobody knows whether the call took
 * effect. Each method makes the group where it is missing, as in a new Redis or in one that lost its data. Used by one thread.
 */
public interface BallotStream {

    /** Reads entries that no consumer has seen, oldest first; waits about a second for the first one. */
    Delivery unseen(int most) throws StoreAwayException;

    /** Reads entries after this one that are pending for this consumer, oldest first; does not wait. */
    Delivery pending(EntryId after, int most) throws StoreAwayException;

    /**
     * Makes entries pending for this consumer that have been pending for any consumer for at least {@code idle}.
     *
     * @param from where to go on; {@link EntryId#ZERO} begins
     */
    Claim claim(EntryId from, Duration idle, int most) throws StoreAwayException;

    /**
     * Removes entries that Postgres has committed.
     *
     * @param recorded entries whose ballot counts
     * @param duplicates entries whose voter had a counted ballot already; this counts each of them once, however often it is
     *     delivered
     */
    void acknowledge(List<EntryId> recorded, List<EntryId> duplicates) throws StoreAwayException;

    /**
     * Moves entries to the rejected ones, each with its reason, and counts them. Leaves entries alone that another worker has
     * acknowledged or rejected.
     *
     * @return the number of moved entries
     */
    int reject(List<Rejection> rejections) throws StoreAwayException;

    /** Deletes consumers that have nothing pending and have been idle for this time. */
    void forgetConsumers(Duration idle) throws StoreAwayException;

    /**
     * The result of a claim.
     *
     * @param next where to go on; {@link EntryId#ZERO} at the end of the stream
     * @param entries entries that are now pending for this consumer, oldest first
     */
    record Claim(EntryId next, List<EntryId> entries) {

        /** Copies the entries. */
        public Claim {
            entries = List.copyOf(entries);
        }

        /** Whether it reached the end of the stream. */
        public boolean isComplete() {
            return next.equals(EntryId.ZERO);
        }
    }
}
