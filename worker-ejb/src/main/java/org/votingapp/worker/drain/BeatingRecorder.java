package org.votingapp.worker.drain;

import java.util.List;
import org.votingapp.runtime.health.Heartbeat;
import org.votingapp.worker.record.BallotsRefusedException;
import org.votingapp.worker.record.ReceivedBallot;
import org.votingapp.worker.record.Recorded;
import org.votingapp.worker.record.Recorder;
import org.votingapp.worker.store.StoreAwayException;

/** Beats the loop's heart before each transaction: finding the ballots that Postgres refuses takes many. */
final class BeatingRecorder implements Recorder {

    private final Recorder recorder;
    private final Heartbeat heartbeat;

    /**
     * @param recorder records, in one transaction a call
     * @param heartbeat the loop's
     */
    BeatingRecorder(Recorder recorder, Heartbeat heartbeat) {
        this.recorder = recorder;
        this.heartbeat = heartbeat;
    }

    @Override
    public Recorded record(List<ReceivedBallot> ballots) throws BallotsRefusedException, StoreAwayException {
        heartbeat.beat();
        return recorder.record(ballots);
    }
}
