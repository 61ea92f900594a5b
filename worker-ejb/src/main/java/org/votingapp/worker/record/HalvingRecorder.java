package org.votingapp.worker.record;

import java.util.List;
import org.votingapp.worker.store.StoreAwayException;
import org.votingapp.worker.stream.Rejection;

/**
 * Records all ballots but those that Postgres refuses, which it finds by bisection.
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
            return ballots.size() == 1 ? rejected(ballots.get(0), refused) : halves(ballots);
        }
    }

    private static Recorded rejected(ReceivedBallot ballot, BallotsRefusedException refused) {
        String reason = "Postgres refused it: " + refused.getMessage();
        Rejection rejection = new Rejection(ballot.id(), reason, refused.isTemporary());
        return new Recorded(List.of(), List.of(), List.of(rejection), 0);
    }

    private Recorded halves(List<ReceivedBallot> ballots) throws StoreAwayException {
        int half = ballots.size() / 2;
        return record(ballots.subList(0, half)).and(record(ballots.subList(half, ballots.size())));
    }
}
