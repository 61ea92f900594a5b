package org.votingapp.result.follow;

import java.time.Instant;
import java.util.List;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollState;
import org.votingapp.result.tally.Tally;

/**
 * One reading from the store: the poll and its votes at one moment.
 *
 * @param poll the poll
 * @param votes ballots per option, in the poll's order
 * @param isFinal whether all ballots of the poll are counted
 */
public record TallyReading(Poll poll, List<Long> votes, boolean isFinal) {

    /** The tally at a moment: the votes as they were read, and the poll open or closed by the clock. */
    public Tally at(Instant now) {
        PollState state = poll.stateAt(now);
        // This server's clock may be late, and no result is final while voting is shown as open.
        return new Tally(poll, votes, state, isFinal && state == PollState.CLOSED);
    }
}
