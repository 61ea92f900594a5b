package org.votingapp.worker.metrics;

import org.votingapp.worker.stream.StreamFacts;

/**
 * The numbers of ballots in Redis, then in Postgres, then in Redis again, read one after the other.
 *
 * <p>They cannot be read at one moment, and voting goes on meanwhile. But each ballot is accepted before it is in Postgres, and in
 * Postgres before it leaves the stream. A balance that breaks this is wrong, whenever it was read.
 *
 * @param before the totals in Redis
 * @param recorded the ballots in Postgres afterwards
 * @param after the totals in Redis after that
 */
record BallotBalance(StreamFacts.Totals before, long recorded, StreamFacts.Totals after) {

    /**
     * Positive: the number of ballots that left the stream as recorded but are not in Postgres. Negative: the number that are in
     * Postgres but were never accepted, or count twice. Exact while no ballot is on its way.
     */
    long unaccounted() {
        long left = before.accepted() - before.duplicate() - before.rejected() - before.pending();
        long acceptable = after.accepted() - after.duplicate() - after.rejected();
        return Math.max(0, left - recorded) - Math.max(0, recorded - acceptable);
    }
}
