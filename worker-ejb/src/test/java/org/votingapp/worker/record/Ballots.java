package org.votingapp.worker.record;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.votingapp.poll.Ballot;
import org.votingapp.poll.VoterId;
import org.votingapp.worker.stream.EntryId;

/** Ballots for tests. */
final class Ballots {

    private Ballots() {}

    static ReceivedBallot ballot(long millis, long sequence, String poll, long voter, String choice) {
        return new ReceivedBallot(new EntryId(millis, sequence), new Ballot(poll, new VoterId(0, voter), choice));
    }

    /** One that replaced a choice when it was cast. */
    static ReceivedBallot change(long millis, long sequence, String poll, long voter, String choice) {
        ReceivedBallot ballot = ballot(millis, sequence, poll, voter, choice);
        return new ReceivedBallot(ballot.id(), ballot.ballot(), Optional.of("z"));
    }

    /** One ballot of each of this many voters; entry 1-0 is the first one's. */
    static List<ReceivedBallot> ofVoters(int number) {
        return LongStream.rangeClosed(1, number)
                .mapToObj(voter -> ballot(voter, 0, "cats-vs-dogs", voter, "a"))
                .toList();
    }

    /** What comes of ballots that are all stored. */
    static Recorded allStored(List<ReceivedBallot> ballots) {
        return new Recorded(ballots.stream().map(ReceivedBallot::id).toList(), List.of(), List.of(), ballots.size());
    }
}
