package org.votingapp.vote.casting;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.votingapp.poll.Ballot;
import org.votingapp.poll.VoterId;

/**
 * Casts votes from the page and the API: checks that the poll has the option, asks {@link PollAdmission}, and hands the ballot
 * to the {@link BallotBox}, which decides by its clock whether the poll is open. Thread-safe.
 */
@Singleton
public class PollingStation {

    private final PollOnStage onStage;
    private final PollAdmission admission;
    private final BallotBox ballotBox;
    private final CastCounter counter;

    /** A station for this poll. */
    @Inject
    public PollingStation(PollOnStage onStage, PollAdmission admission, BallotBox ballotBox, CastCounter counter) {
        this.onStage = onStage;
        this.admission = admission;
        this.ballotBox = ballotBox;
        this.counter = counter;
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
        // Keeps what is no key away from the ballot box, however long it is.
        CompletionStage<CastOutcome> outcome = onStage.poll().option(choice).isEmpty()
                ? CompletableFuture.completedStage(CastOutcome.of(CastStatus.UNKNOWN_CHOICE, choice))
                : admitted(new Ballot(onStage.poll().id(), voter, choice), address);
        return outcome.thenApply(known -> {
            counter.count(known.status());
            return known;
        });
    }

    private CompletionStage<CastOutcome> admitted(Ballot ballot, String address) {
        if (admission.isGiven()) {
            return ballotBox.cast(ballot, address);
        }
        return admission
                .ask()
                .thenCompose(may -> ballotBox.cast(ballot, address))
                .exceptionally(refused -> CastOutcome.unavailable(ballot.choice()));
    }

    /**
     * The choice on record.
     *
     * @return the key of its option, on a thread that may write an answer to a client; fails where the ballot box did not
     *     answer in time
     */
    public CompletionStage<Optional<String>> choiceOf(VoterId voter) {
        return ballotBox.choiceOf(onStage.poll().id(), voter);
    }
}
