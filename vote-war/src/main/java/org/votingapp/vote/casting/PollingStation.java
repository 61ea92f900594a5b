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
 * Casts votes from the page and the API: checks the vote against the poll, asks {@link PollAdmission}, and hands the ballot
 * to the {@link BallotBox}.
 *
 * <p>This server's clock decides whether the poll is open. Thread-safe.
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
     * Casts a vote. Neither a voter's mistake nor a failing ballot box makes it throw.
     *
     * @param voter the voter
     * @param choice the key of an option, unchecked
     * @param address the client's address
     * @return the outcome, on a thread that may write an answer to a client
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
     * @return the key of its option, on a thread that may write an answer to a client; fails where the ballot box did not
     *     answer in time
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
