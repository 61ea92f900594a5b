package org.votingapp.vote.casting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.votingapp.poll.Ballot;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollChangeRule;
import org.votingapp.poll.PollOption;
import org.votingapp.poll.RegisteredPoll;
import org.votingapp.poll.RevoteRule;
import org.votingapp.poll.VoterId;
import org.votingapp.vote.casting.RecordingBallotBox.Handed;

/** Which votes reach the ballot box, and what the others are told. */
class PollingStationTest {

    private static final VoterId VOTER = new VoterId(1, 2);
    private static final String ADDRESS = "192.0.2.1";

    private final Poll poll = TestPolls.catsVsDogs(RevoteRule.FINAL);
    private final RecordingBallotBox ballotBox = new RecordingBallotBox();
    private final Counts counts = new Counts();

    /** What the counter was told, in order. */
    private static final class Counts implements CastCounter {

        private final List<Object> told = new ArrayList<>();

        @Override
        public void asked(String address) {
            told.add(address);
        }

        @Override
        public void count(CastStatus status) {
            told.add(status);
        }
    }

    @Test
    void aVoteIsHandedInWithItsPollVoterChoiceAndAddress() {
        CastOutcome outcome = cast(station(), "b");

        assertThat(outcome).isEqualTo(CastOutcome.of(CastStatus.RECORDED, "b"));
        assertThat(ballotBox.handed()).containsExactly(new Handed(new Ballot("cats-vs-dogs", VOTER, "b"), ADDRESS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"z", "c", "A", "a ", " a", "", "\0", "a\0", "a\r\nX", "\ud800", "Cats"})
    void aChoiceThatIsNoKeyOfThePollIsRefusedAsItCame(String choice) {
        assertThat(cast(station(), choice)).isEqualTo(CastOutcome.of(CastStatus.UNKNOWN_CHOICE, choice));
        assertThat(ballotBox.handed()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(CastStatus.class)
    void eachVoteIsCountedOnceByItsAddressAndByWhatBecameOfIt(CastStatus status) {
        ballotBox.answer(status);

        assertThat(cast(station(), "a").status()).isEqualTo(status);
        assertThat(counts.told).containsExactly(ADDRESS, status);
    }

    @Test
    void aVoteThatNeverReachesTheBallotBoxIsCountedToo() {
        cast(station(), "z");

        assertThat(counts.told).containsExactly(ADDRESS, CastStatus.UNKNOWN_CHOICE);
    }

    @Test
    void whileNoPollIsRegisteredVotesAreTakenAndEachAsksAgain() {
        PollingStation station = station();

        assertThat(cast(station, "a").status()).isEqualTo(CastStatus.RECORDED);
        assertThat(cast(station, "a").status()).isEqualTo(CastStatus.RECORDED);
        assertThat(ballotBox.questions()).isEqualTo(2);
    }

    @Test
    void onceTheRegisteredPollWasSeenNoVoteAsksAgain() {
        ballotBox.register(new RegisteredPoll(poll, Map.of("a", 1L), 0));
        PollingStation station = station();

        assertThat(cast(station, "a").status()).isEqualTo(CastStatus.RECORDED);
        assertThat(cast(station, "a").status()).isEqualTo(CastStatus.RECORDED);
        assertThat(ballotBox.questions()).isEqualTo(1);
    }

    @Test
    void aVoteThatWouldMeanSomethingElseThanTheRegisteredPollSaysIsNotTaken() {
        Poll registered = new Poll(
                poll.id(),
                poll.question(),
                poll.language(),
                List.of(new PollOption("a", "Dogs"), new PollOption("b", "Cats")),
                poll.revote(),
                poll.opens(),
                poll.closes());
        ballotBox.register(new RegisteredPoll(registered, Map.of("a", 1L), 0));

        assertThat(cast(station(), "a")).isEqualTo(CastOutcome.unavailable("a"));
        assertThat(ballotBox.handed()).isEmpty();
        assertThat(counts.told).containsExactly(ADDRESS, CastStatus.UNAVAILABLE);
    }

    @Test
    void whileNobodyTellsWhichPollIsRegisteredTheVoterMayTryAgain() {
        ballotBox.fallSilent();

        CastOutcome outcome = cast(station(), "a");

        assertThat(outcome.status()).isEqualTo(CastStatus.UNAVAILABLE);
        assertThat(outcome.retryAfterSeconds()).isPositive();
        assertThat(ballotBox.handed()).isEmpty();
    }

    @Test
    void theChoiceOnRecordIsThatOfThisPollAndVoter() {
        PollingStation station = station();
        cast(station, "b");

        assertThat(station.choiceOf(VOTER).toCompletableFuture()).isCompletedWithValue(Optional.of("b"));
        assertThat(station.choiceOf(new VoterId(1, 3)).toCompletableFuture()).isCompletedWithValue(Optional.empty());
    }

    private PollingStation station() {
        PollAdmission admission = new PollAdmission(poll, new PollChangeRule(false), ballotBox);
        return new PollingStation(new PollOnStage(poll), admission, ballotBox, counts);
    }

    private static CastOutcome cast(PollingStation station, String choice) {
        return station.cast(VOTER, choice, ADDRESS).toCompletableFuture().join();
    }
}
