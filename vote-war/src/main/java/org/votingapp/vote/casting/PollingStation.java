package org.votingapp.vote.casting;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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

    private final Poll poll;
    private final PollAdmission admission;
    private final BallotBox ballotBox;
    private final CastCounter counter;
    private final Clock clock;

    /** A station for the configured poll. */
    @Inject
    public PollingStation(Poll poll, PollAdmission admission, BallotBox ballotBox, CastCounter counter) {
        this(poll, admission, ballotBox, counter, Clock.systemUTC());
    }

    PollingStation(Poll poll, PollAdmission admission, BallotBox ballotBox, CastCounter counter, Clock clock) {
        this.poll = poll;
        this.admission = admission;
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
     * @return what became of it, on a thread that may write an answer to a client
     */
    public CompletionStage<CastOutcome> cast(VoterId voter, String choice, String address) {
        counter.asked(address);
        CompletionStage<CastOutcome> outcome = refusal(choice)
                .map(CompletableFuture::completedStage)
                .orElseGet(() -> admitted(new Ballot(poll.id(), voter, choice), address));
        return outcome.thenApply(known -> {
            counter.count(known.status());
            return known;
        });
    }

    private CompletionStage<CastOutcome> admitted(Ballot ballot, String address) {
        if (admission.isGiven()) {
            return ballotBox.cast(ballot, poll.revote(), address);
        }
        return admission
                .ask()
                .thenCompose(may -> ballotBox.cast(ballot, poll.revote(), address))
                .exceptionally(refused -> CastOutcome.unavailable(ballot.choice()));
    }

    /** Whether the poll takes votes now. */
    public PollState state() {
        return poll.stateAt(clock.instant());
    }

    /**
     * The choice on record.
     *
     * @return it, on a thread that may write an answer to a client; fails where nobody could tell in time
     */
    public CompletionStage<Optional<String>> choiceOf(VoterId voter) {
        return ballotBox.choiceOf(poll.id(), voter);
    }

    private Optional<CastOutcome> refusal(String choice) {
        return switch (state()) {
            case NOT_YET_OPEN -> Optional.of(CastOutcome.of(CastStatus.NOT_YET_OPEN, choice));
            case CLOSED -> Optional.of(CastOutcome.of(CastStatus.CLOSED, choice));
            case OPEN ->
                poll.option(choice).isEmpty()
                        ? Optional.of(CastOutcome.of(CastStatus.UNKNOWN_CHOICE, choice))
                        : Optional.empty();
        };
    }
}
