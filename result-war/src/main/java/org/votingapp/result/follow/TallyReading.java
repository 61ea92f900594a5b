package org.votingapp.result.follow;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollState;
import org.votingapp.poll.ResultsPolicy;
import org.votingapp.result.tally.Tally;

/**
 * One reading from the store: the poll and its votes at one moment.
 *
 * @param poll the poll
 * @param votes ballots per option, in the poll's order
 * @param isFinal whether the poll is closed and all its ballots are counted, as the worker has committed
 * @param ballotsDeleted since when the poll's ballots are gone, and only the votes are left
 * @param policy who sees the votes
 * @param deleted whether its organiser has deleted the poll with its room
 */
public record TallyReading(
        Poll poll,
        List<Long> votes,
        boolean isFinal,
        Optional<Instant> ballotsDeleted,
        ResultsPolicy policy,
        boolean deleted) {

    /** The tally at a moment: the votes as they were read, and the poll open or closed by the clock. */
    Tally at(Instant now) {
        return new Tally(poll, votes, stateAt(now), isFinal, ballotsDeleted);
    }

    /** Open or closed by the clock; closed where the poll is final, since this server's clock may be late. */
    PollState stateAt(Instant now) {
        return isFinal ? PollState.CLOSED : poll.stateAt(now);
    }
}
