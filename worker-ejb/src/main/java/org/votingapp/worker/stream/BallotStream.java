package org.votingapp.worker.stream;

import java.time.Duration;
import java.util.List;
import org.votingapp.worker.store.StoreAwayException;

/**
 * The stream of ballots as one consumer of the group sees it.
 *
 * <p>An entry that was read is pending until {@link #acknowledge} or {@link #reject}; if the consumer dies it stays
 * pending, and another one may {@link #claim} it. Every method may throw {@link StoreAwayException}; then it is not
 * known whether it took effect. A group that is missing (a new Redis, or one that lost its data) is made on the way.
 * Used by one thread.
 */
public interface BallotStream {

    /** Entries that no consumer has seen, oldest first; waits about a second for the first one. */
    Delivery unseen(int most) throws StoreAwayException;

    /** Entries after a given one that are pending for this consumer, oldest first; does not wait. */
    Delivery pending(EntryId after, int most) throws StoreAwayException;

    /**
     * Makes entries of other consumers, idle for at least {@code idle}, pending for this one.
     *
     * @param from where to go on; {@link EntryId#ZERO} begins
     */
    Claim claim(EntryId from, Duration idle, int most) throws StoreAwayException;

    /**
     * Removes entries that Postgres has committed.
     *
     * @param recorded what became a ballot that counts
     * @param duplicates what did not, since a ballot of that voter counts already; they are counted here, each once
     *     however often it is delivered
     */
    void acknowledge(List<EntryId> recorded, List<EntryId> duplicates) throws StoreAwayException;

    /**
     * Moves entries to the rejected ones, each with its reason, and counts them; an entry that another worker has
     * already dealt with is left alone.
     *
     * @return how many were moved
     */
    int reject(List<Rejection> rejections) throws StoreAwayException;

    /** Forgets consumers that have nothing pending and did nothing for so long. */
    void forgetConsumers(Duration idle) throws StoreAwayException;

    /**
     * What a claim brought.
     *
     * @param next where to go on; {@link EntryId#ZERO} when all were looked at
     * @param entries what is now pending for this consumer, oldest first
     */
    record Claim(EntryId next, List<EntryId> entries) {

        /** Copies the entries. */
        public Claim {
            entries = List.copyOf(entries);
        }

        /** Whether all entries were looked at. */
        public boolean isComplete() {
            return next.equals(EntryId.ZERO);
        }
    }
}
