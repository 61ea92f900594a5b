package org.votingapp.worker.metrics;

import org.votingapp.worker.stream.StreamFacts;

/**
 * The books of the whole system: Redis, then Postgres, then Redis again, read one after the other.
 *
 * <p>They cannot be read at one moment, and voting goes on meanwhile. But a ballot is in Postgres before it leaves the
 * stream, and is accepted before it is in Postgres; what breaks either of these is not due to the moments between.
 *
 * @param before the totals in Redis
 * @param recorded the ballots in Postgres afterwards
 * @param after the totals in Redis after that
 */
record Books(StreamFacts.Totals before, long recorded, StreamFacts.Totals after) {

    /**
     * Positive: so many ballots left the stream as recorded and are not in Postgres. Negative: so many are in Postgres and
     * were never accepted, or count twice. Zero as long as all is well; exact when nothing is on its way.
     */
    long unaccounted() {
        long left = before.accepted() - before.duplicate() - before.rejected() - before.pending();
        long acceptable = after.accepted() - after.duplicate() - after.rejected();
        return Math.max(0, left - recorded) - Math.max(0, recorded - acceptable);
    }
}
