package org.votingapp.worker.record;

import java.util.List;
import org.votingapp.worker.store.StoreAwayException;

/** Stores ballots and counts them, all or none. */
@FunctionalInterface
public interface Recorder {

    /**
     * Records ballots, in any order, of any polls, with any number from one voter; those that were recorded earlier change
     * nothing.
     *
     * @throws BallotsRefusedException where one of them at least can never be stored
     * @throws StoreAwayException where it is worth trying again
     */
    Recorded record(List<ReceivedBallot> ballots) throws BallotsRefusedException, StoreAwayException;
}
