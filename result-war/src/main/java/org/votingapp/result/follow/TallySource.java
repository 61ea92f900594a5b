package org.votingapp.result.follow;

import java.util.Optional;

/** Port to the store of tallies. */
public interface TallySource {

    /**
     * Reads the committed tally; empty where the store answers but does not have the poll yet. May block.
     *
     * @throws TallyStoreException where the store does not answer
     */
    Optional<TallyReading> read(String pollId) throws TallyStoreException;
}
