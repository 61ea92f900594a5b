package org.votingapp.result.follow;

import java.time.Instant;
import java.util.List;
import org.votingapp.poll.Poll;
import org.votingapp.result.tally.Tally;

/**
 * What was read from the store: the poll, and its votes as one statement saw them.
 *
 * @param poll the poll
 * @param votes ballots per option, in the poll's order
 */
public record Reading(Poll poll, List<Long> votes) {

    /** The tally at a moment; the votes are those that were read, whether the poll is open follows the clock. */
    public Tally at(Instant now) {
        return new Tally(poll, votes, poll.stateAt(now));
    }
}
