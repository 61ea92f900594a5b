package org.votingapp.result.follow;

import java.time.Instant;
import java.util.List;
import org.votingapp.poll.Poll;
import org.votingapp.result.tally.Tally;

/**
 * One reading from the store: the poll and its votes at one moment.
 *
 * @param poll the poll
 * @param votes ballots per option, in the poll's order
 */
public record TallyReading(Poll poll, List<Long> votes) {

    /** The tally at a moment: the votes as they were read, and the poll open or closed by the clock. */
    public Tally at(Instant now) {
        return new Tally(poll, votes, poll.stateAt(now));
    }
}
