package org.votingapp.vote.casting;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.votingapp.poll.Ballot;
import org.votingapp.poll.RegisteredPoll;
import org.votingapp.poll.VoterId;
import org.votingapp.runtime.redis.CodeHash;

/** Keeps the ballots that it is handed, and answers as a test tells it. Used by one thread. */
public final class RecordingBallotBox implements BallotBox {

    private final List<Handed> handed = new ArrayList<>();
    private CastStatus status = CastStatus.RECORDED;
    private Optional<RegisteredPoll> registered = Optional.empty();
    private final Queue<Published> publications = new ArrayDeque<>();
    private final List<String> codes = new ArrayList<>();
    private final List<Long> asked = new ArrayList<>();
    private boolean silent;
    private int questions;

    /** What {@link #cast} was called with. */
    record Handed(Ballot ballot, String address) {}

    void answer(CastStatus next) {
        status = next;
    }

    void register(RegisteredPoll poll) {
        registered = Optional.of(poll);
    }

    /** From now on it tells nothing. */
    void fallSilent() {
        silent = true;
    }

    void speakAgain() {
        silent = false;
    }

    List<Handed> handed() {
        return handed;
    }

    /** How often it was asked which poll is registered. */
    int questions() {
        return questions;
    }

    @Override
    public CompletionStage<CastOutcome> cast(Ballot ballot, String address) {
        handed.add(new Handed(ballot, address));
        return CompletableFuture.completedStage(CastOutcome.of(status, ballot.choice()));
    }

    @Override
    public CompletionStage<CastOutcome> castByCode(Ballot ballot, byte[] codeHash, String address) {
        codes.add(CodeHash.code(codeHash));
        return cast(ballot, address);
    }

    /** The codes with which ballots were cast. */
    List<String> codes() {
        return codes;
    }

    /** That of the newest ballot that the voter cast in this poll. */
    @Override
    public CompletionStage<Optional<String>> choiceOf(String pollId, VoterId voter) {
        return CompletableFuture.completedStage(handed.stream()
                .map(Handed::ballot)
                .filter(ballot ->
                        ballot.pollId().equals(pollId) && ballot.voter().equals(voter))
                .map(Ballot::choice)
                .reduce((earlier, later) -> later));
    }

    @Override
    public CompletionStage<Optional<RegisteredPoll>> registered(String pollId) {
        questions++;
        return silent
                ? CompletableFuture.failedStage(new BallotBoxUnavailableException("no answer came in time", null))
                : CompletableFuture.completedStage(
                        registered.filter(poll -> poll.poll().id().equals(pollId)));
    }

    @Override
    public Look look(String pollId) throws BallotBoxUnavailableException {
        if (silent) {
            throw new BallotBoxUnavailableException("no answer came in time", null);
        }
        return new Look(TestPolls.OPENS, registered, true);
    }

    @Override
    public Optional<RegisteredPoll> registeredAtStart(String pollId) {
        throw new AssertionError("unexpected: the application does not start");
    }

    @Override
    public Published publishedSince(long since) throws BallotBoxUnavailableException {
        if (silent) {
            throw new BallotBoxUnavailableException("no answer came in time", null);
        }
        asked.add(since);
        return publications.isEmpty() ? new Published(List.of(), List.of(), since, true) : publications.remove();
    }

    /** What it tells next of what is published. */
    void publish(Published next) {
        publications.add(next);
    }

    /** Since when it was asked what is published. */
    List<Long> asked() {
        return asked;
    }

    @Override
    public Optional<String> probe() {
        throw new AssertionError("unexpected: nobody asks for readiness");
    }
}
