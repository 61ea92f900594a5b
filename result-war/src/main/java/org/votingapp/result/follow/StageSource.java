package org.votingapp.result.follow;

import java.util.Collection;
import java.util.List;
import org.votingapp.poll.RoomCode;

/** Port to the store of rooms. */
@FunctionalInterface
public interface StageSource {

    /**
     * Reads what is on stage in these rooms; without those that the store does not have. May block.
     *
     * @throws TallyStoreException where the store does not answer
     */
    List<RoomStage> readStages(Collection<RoomCode> codes) throws TallyStoreException;
}
