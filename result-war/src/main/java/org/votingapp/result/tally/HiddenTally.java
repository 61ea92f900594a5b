package org.votingapp.result.tally;

import java.time.Instant;
import java.util.Optional;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollState;
import org.votingapp.poll.ResultsRule;

/**
 * What is left of a tally that is hidden: how many have voted, and for what it is not known here. Immutable.
 *
 * @param poll the poll
 * @param state the poll's state
 * @param isFinal whether the poll is closed and all its ballots are counted
 * @param ballotsDeleted since when the poll's ballots are gone
 * @param rule who sees the result when
 * @param voters the number of all ballots
 */
public record HiddenTally(
        Poll poll, PollState state, boolean isFinal, Optional<Instant> ballotsDeleted, ResultsRule rule, long voters) {

    /** Takes the counts from a tally. */
    public static HiddenTally of(Tally tally, ResultsRule rule) {
        return new HiddenTally(
                tally.poll(), tally.state(), tally.isFinal(), tally.ballotsDeleted(), rule, tally.total());
    }
}
