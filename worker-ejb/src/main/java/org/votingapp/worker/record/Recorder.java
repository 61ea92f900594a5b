package org.votingapp.worker.record;

import java.util.List;
import org.votingapp.worker.store.StoreAwayException;

/** Stores ballots and counts them, all or none. */
@FunctionalInterface
public interface Recorder {

    /**
     * Records ballots: in any order, of any polls, any number from one voter. Idempotent.
     *
     * @throws BallotsRefusedException where at least one of them can never be stored
     * @throws StoreAwayException where it is worth trying again
     */
    Recorded record(List<ReceivedBallot> ballots) throws BallotsRefusedException, StoreAwayException;
}
