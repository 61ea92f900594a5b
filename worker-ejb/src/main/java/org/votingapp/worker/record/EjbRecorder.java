package org.votingapp.worker.record;

import jakarta.ejb.EJBException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import org.votingapp.worker.store.StoreAwayException;

/**
 * Records through the EJB, and translates what the container throws when the commit fails, such as a deferred constraint or a
 * lost connection. Thread-safe.
 */
@Singleton
public class EjbRecorder implements Recorder {

    private final BallotRecorder transaction;

    /** @param transaction records in one transaction a call */
    @Inject
    public EjbRecorder(BallotRecorder transaction) {
        this.transaction = transaction;
    }

    @Override
    public Recorded record(List<ReceivedBallot> ballots) throws BallotsRefusedException, StoreAwayException {
        try {
            return transaction.record(ballots);
        } catch (EJBException atCommit) {
            throw BallotRecorder.translated(atCommit);
        }
    }
}
