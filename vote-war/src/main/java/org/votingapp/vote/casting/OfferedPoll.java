package org.votingapp.vote.casting;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollState;
import org.votingapp.poll.ResultsRule;
import org.votingapp.poll.VoterCode;
import org.votingapp.poll.VoterId;

/**
 * A poll that this server takes votes for, as it is published. Immutable.
 *
 * @param poll its words and rules
 * @param results who sees its result when
 * @param clock tells the time by the ballot box's clock
 * @param names what its ballots call a voter; empty while that is not known, so that no ballot gets a wrong name
 * @param needsCode whether it takes votes with a {@link VoterCode} alone
 */
public record OfferedPoll(
        Poll poll,
        ResultsRule results,
        Supplier<Instant> clock,
        Optional<UnaryOperator<VoterId>> names,
        boolean needsCode) {

    /** When to ask again for a poll whose definition is not known yet, in seconds. */
    public static final int RETRY_SECONDS = 2;

    /** A poll that takes votes without codes. */
    public OfferedPoll(
            Poll poll, ResultsRule results, Supplier<Instant> clock, Optional<UnaryOperator<VoterId>> names) {
        this(poll, results, clock, names, false);
    }

    /** Its id. */
    public String id() {
        return poll.id();
    }

    /** Whether it takes votes now. */
    public PollState state() {
        return poll.stateAt(clock.get());
    }
}
