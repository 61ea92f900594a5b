package org.votingapp.vote.casting;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import org.votingapp.poll.Ballot;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollState;
import org.votingapp.poll.VoterId;

/**
 * Where votes are cast, by page and API alike: checks the vote against the poll, then hands a ballot in.
 *
 * <p>Thread-safe. The poll's hours are those of this server's clock.
 */
@Singleton
public class PollingStation {

    private static final int RETRY_SECONDS = 2;

    private final Poll poll;
    private final BallotBox ballotBox;
    private final CastCounter counter;
    private final Clock clock;

    /** A station for the configured poll. */
    @Inject
    public PollingStation(Poll poll, BallotBox ballotBox, CastCounter counter) {
        this(poll, ballotBox, counter, Clock.systemUTC());
    }

    PollingStation(Poll poll, BallotBox ballotBox, CastCounter counter, Clock clock) {
        this.poll = poll;
        this.ballotBox = ballotBox;
        this.counter = counter;
        this.clock = clock;
    }

    /**
     * Casts a vote; never throws for what a voter or Redis does.
     *
     * @param voter who votes
     * @param choice what was picked, as it came
     * @param address where it came from
     */
    public CastOutcome cast(VoterId voter, String choice, String address) {
        CastOutcome outcome = decide(voter, choice, address);
        counter.count(outcome.status());
        return outcome;
    }

    /** Whether the poll takes votes now. */
    public PollState state() {
        return poll.stateAt(clock.instant());
    }

    /**
     * The choice on record.
     *
     * @throws BallotBoxUnavailableException where nobody could tell in time
     */
    public Optional<String> choiceOf(VoterId voter) throws BallotBoxUnavailableException {
        return ballotBox.choiceOf(poll.id(), voter);
    }

    private CastOutcome decide(VoterId voter, String choice, String address) {
        switch (state()) {
            case NOT_YET_OPEN:
                return CastOutcome.of(CastStatus.NOT_YET_OPEN, choice);
            case CLOSED:
                return CastOutcome.of(CastStatus.CLOSED, choice);
            default:
        }
        if (poll.option(choice).isEmpty()) {
            return CastOutcome.of(CastStatus.UNKNOWN_CHOICE, choice);
        }
        try {
            return ballotBox.cast(new Ballot(poll.id(), voter, choice), poll.revote(), address);
        } catch (BallotBoxUnavailableException logged) {
            // The ballot box has said why, once, in the log; the voter is asked to try again.
            return new CastOutcome(CastStatus.UNAVAILABLE, choice, RETRY_SECONDS);
        }
    }
}
