package org.votingapp.worker.record;

import jakarta.ejb.EJBException;
import java.util.List;
import org.votingapp.worker.store.PostgresFailure;
import org.votingapp.worker.store.StoreAwayException;
import org.votingapp.worker.stream.Rejection;

/**
 * Records all ballots but those that Postgres refuses, which it finds by halving what was refused.
 *
 * <p>One bad ballot among 1,000 costs ten more transactions. It halves before ballots of one voter are joined, so that
 * a good ballot is not lost to a bad one of the same voter.
 */
public final class HalvingRecorder {

    private final Recorder recorder;

    /** @param recorder records all or none */
    public HalvingRecorder(Recorder recorder) {
        this.recorder = recorder;
    }

    /** Records ballots, at least one. After an exception, some of them may be recorded. */
    public Recorded record(List<ReceivedBallot> ballots) throws StoreAwayException {
        try {
            return recorder.record(ballots);
        } catch (BallotsRefusedException refused) {
            return halve(ballots, refused.getMessage(), refused);
        } catch (EJBException atCommit) {
            // What comes to light when the container commits, such as a deferred constraint or a lost connection.
            if (PostgresFailure.isForItsData(atCommit)) {
                return halve(ballots, PostgresFailure.describe(atCommit), atCommit);
            }
            throw PostgresFailure.away(atCommit);
        }
    }

    private Recorded halve(List<ReceivedBallot> ballots, String reason, Exception failure) throws StoreAwayException {
        if (ballots.size() == 1) {
            Rejection rejection = new Rejection(
                    ballots.get(0).id(),
                    "Postgres refused it: " + reason,
                    PostgresFailure.isForAReferenceThatIsMissing(failure));
            return new Recorded(List.of(), List.of(), List.of(rejection), 0);
        }
        int half = ballots.size() / 2;
        return record(ballots.subList(0, half)).and(record(ballots.subList(half, ballots.size())));
    }
}
