package org.votingapp.worker.record;

import org.votingapp.poll.Ballot;
import org.votingapp.poll.VoterId;
import org.votingapp.worker.stream.EntryId;

/** Ballots for tests. */
final class Ballots {

    private Ballots() {}

    static ReceivedBallot ballot(long millis, long sequence, String poll, long voter, String choice) {
        return new ReceivedBallot(new EntryId(millis, sequence), new Ballot(poll, new VoterId(0, voter), choice));
    }
}
