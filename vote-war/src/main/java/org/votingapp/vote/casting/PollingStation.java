package org.votingapp.vote.casting;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.votingapp.poll.Ballot;
import org.votingapp.poll.VoterCode;
import org.votingapp.poll.VoterId;
import org.votingapp.web.CodeGuesses;

/**
 * Casts votes from the page and the API: checks that the poll has the option, asks {@link PollAdmission}, and hands the ballot,
 * with the poll's name for its voter, to the {@link BallotBox}, which decides by its clock whether the poll is open. Thread-safe.
 */
@Singleton
public class PollingStation {

    private final PollAdmission admission;
    private final BallotBox ballotBox;
    private final CastCounter counter;
    private final CodeGuesses guesses;

    /** Hands ballots to this ballot box. */
    @Inject
    public PollingStation(PollAdmission admission, BallotBox ballotBox, CastCounter counter, CodeGuesses guesses) {
        this.admission = admission;
        this.ballotBox = ballotBox;
        this.counter = counter;
        this.guesses = guesses;
    }

    /**
     * Casts a vote. Neither a voter's mistake nor a failing ballot box makes it throw.
     *
     * @param offered the poll
     * @param voter the browser; where the poll needs codes, the code tells the voter instead
     * @param code what was written as the voter's code, unchecked; empty where nothing was
     * @param choice the key of an option, unchecked
     * @param address the client's address
     * @return the outcome, on a thread that may write an answer to a client
     */
    public CompletionStage<CastOutcome> cast(
            OfferedPoll offered, VoterId voter, String code, String choice, String address) {
        counter.asked(address);
        return counted(decide(offered, voter, code, choice, address));
    }

    /**
     * The outcome of a vote for a poll that is no longer on stage where the vote came from. Never fails.
     *
     * @return {@link CastStatus#ALREADY_VOTED} for a vote on record that is sent again, as where its answer was lost; else
     *     {@link CastStatus#LEFT_STAGE} without a choice, since its key means nothing in the poll that is on stage now
     */
    public CompletionStage<CastOutcome> refuse(OfferedPoll left, VoterId voter, String choice, String address) {
        counter.asked(address);
        return counted(choiceOf(left, voter)
                .handle((known, failure) -> failure == null && known.equals(Optional.of(choice))
                        ? CastOutcome.of(CastStatus.ALREADY_VOTED, choice)
                        : CastOutcome.of(CastStatus.LEFT_STAGE, "")));
    }

    private CompletionStage<CastOutcome> counted(CompletionStage<CastOutcome> outcome) {
        return outcome.thenApply(known -> {
            counter.count(known.status());
            return known;
        });
    }

    private CompletionStage<CastOutcome> decide(
            OfferedPoll offered, VoterId voter, String code, String choice, String address) {
        // Keeps what is no key away from the ballot box, however long it is.
        if (offered.poll().option(choice).isEmpty()) {
            return CompletableFuture.completedStage(CastOutcome.of(CastStatus.UNKNOWN_CHOICE, choice));
        } else if (offered.names().isEmpty()) {
            return CompletableFuture.completedStage(CastOutcome.unpublished(choice));
        }
        if (offered.needsCode()) {
            return VoterCode.parse(code)
                    .map(read -> decideByCode(offered, read, choice, address))
                    .orElseGet(() -> CompletableFuture.completedStage(CastOutcome.of(CastStatus.WRONG_CODE, choice)));
        }
        Ballot ballot = new Ballot(offered.id(), offered.names().get().apply(voter), choice);
        if (admission.isGivenTo(offered.poll())) {
            return ballotBox.cast(ballot, address);
        }
        return admission
                .ask()
                .thenCompose(may -> ballotBox.cast(ballot, address))
                .exceptionally(refused -> CastOutcome.unavailable(choice));
    }

    private CompletionStage<CastOutcome> decideByCode(
            OfferedPoll offered, VoterCode code, String choice, String address) {
        byte[] hash = code.hash(offered.id());
        VoterId voter = code.voter(offered.id());
        int wait = guesses.secondsToWait(address, voter.toString());
        if (wait > 0) {
            return CompletableFuture.completedStage(new CastOutcome(CastStatus.TOO_MANY, choice, wait));
        }
        Ballot ballot = new Ballot(offered.id(), offered.names().orElseThrow().apply(voter), choice);
        return ballotBox.castByCode(ballot, hash, address).thenApply(outcome -> {
            switch (outcome.status()) {
                case RECORDED, CHANGED, ALREADY_VOTED -> guesses.asked(address, voter.toString(), true);
                case WRONG_CODE -> guesses.asked(address, voter.toString(), false);
                case UNKNOWN_CHOICE, NOT_YET_OPEN, CLOSED, LEFT_STAGE, UNPUBLISHED, TOO_MANY, UNAVAILABLE -> {
                    // They tell nothing of the code.
                }
            }
            return outcome;
        });
    }

    /**
     * The choice on record; none where the poll needs codes, since no browser keeps its code.
     *
     * @return the key of its option, on a thread that may write an answer to a client; fails where the ballot box did not
     *     answer in time, or the poll's name for the voter is not known
     */
    public CompletionStage<Optional<String>> choiceOf(OfferedPoll offered, VoterId voter) {
        if (offered.needsCode()) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        return offered.names()
                .map(names -> ballotBox.choiceOf(offered.id(), names.apply(voter)))
                .orElseGet(() -> CompletableFuture.failedStage(new BallotBoxUnavailableException(
                        "the definition of poll %s is not published yet".formatted(offered.id()), null)));
    }
}
