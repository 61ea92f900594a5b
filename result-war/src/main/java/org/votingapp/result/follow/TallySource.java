package org.votingapp.result.follow;

import java.util.Collection;
import java.util.List;

/** Port to the store of tallies. */
public interface TallySource {

    /**
     * Reads the committed tallies of these polls, all of one moment; without those that the store does not have. May block.
     *
     * @throws TallyStoreException where the store does not answer
     */
    List<TallyReading> read(Collection<String> pollIds) throws TallyStoreException;
}
