package org.votingapp.vote.casting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.votingapp.poll.Ballot;
import org.votingapp.poll.Hours;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollChangeRule;
import org.votingapp.poll.PollOption;
import org.votingapp.poll.RegisteredPoll;
import org.votingapp.poll.ResultsRule;
import org.votingapp.poll.RevoteRule;
import org.votingapp.poll.VoterCode;
import org.votingapp.poll.VoterId;
import org.votingapp.runtime.redis.CodeHash;
import org.votingapp.vote.casting.RecordingBallotBox.Handed;
import org.votingapp.web.CodeGuesses;

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

    /** This server's settings say that the poll is always open. */
    @Test
    void hoursThatAnOrganiserGaveThePollKeepNoServerFromItsWork() {
        Hours closed = new Hours(Optional.empty(), Optional.of(Instant.now().minusSeconds(60)));
        ballotBox.register(new RegisteredPoll(poll.withHours(closed), Map.of("a", 1L), 0));

        assertThat(cast(station(), "a").status()).isEqualTo(CastStatus.RECORDED);
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

        OfferedPoll offered = TestPolls.offered(poll);
        assertThat(station.choiceOf(offered, VOTER).toCompletableFuture()).isCompletedWithValue(Optional.of("b"));
        assertThat(station.choiceOf(offered, new VoterId(1, 3)).toCompletableFuture())
                .isCompletedWithValue(Optional.empty());
    }

    @Test
    void aBallotNamesItsVoterAsThePollDoesAndTheChoiceIsFoundByThatName() {
        VoterId pseudonym = new VoterId(7, 8);
        OfferedPoll offered = named(Optional.of(voter -> voter.equals(VOTER) ? pseudonym : voter));
        PollingStation station = station();

        station.cast(offered, VOTER, "", "b", ADDRESS);

        assertThat(ballotBox.handed()).containsExactly(new Handed(new Ballot("cats-vs-dogs", pseudonym, "b"), ADDRESS));
        assertThat(station.choiceOf(offered, VOTER).toCompletableFuture()).isCompletedWithValue(Optional.of("b"));
    }

    /** A ballot by the voter's own id would be a second one once the pseudonym is known. */
    @Test
    void whileThePollsNameForTheVoterIsUnknownNoBallotIsHandedIn() {
        OfferedPoll offered = named(Optional.empty());

        assertThat(station().cast(offered, VOTER, "", "a", ADDRESS).toCompletableFuture())
                .isCompletedWithValue(CastOutcome.unpublished("a"));
        assertThat(ballotBox.handed()).isEmpty();
        assertThat(station().choiceOf(offered, VOTER).toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void onlyTheConfiguredPollIsComparedWithTheRegisteredOne() {
        OfferedPoll lunch = TestPolls.offered(TestPolls.named("lunch"));

        assertThat(station().cast(lunch, VOTER, "", "a", ADDRESS).toCompletableFuture())
                .isCompletedWithValue(CastOutcome.of(CastStatus.RECORDED, "a"));
        assertThat(ballotBox.questions()).isZero();
    }

    @Test
    void aVoteForAPollThatLeftTheStageIsCountedAndNotHandedIn() {
        assertThat(refuse("a")).isEqualTo(CastOutcome.of(CastStatus.LEFT_STAGE, ""));
        assertThat(counts.told).containsExactly(ADDRESS, CastStatus.LEFT_STAGE);
        assertThat(ballotBox.handed()).isEmpty();
    }

    /** As where its answer was lost. */
    @Test
    void aVoteOnRecordThatIsSentAgainAfterItsPollLeftTheStageIsStillOnRecord() {
        cast(station(), "a");

        assertThat(refuse("a")).isEqualTo(CastOutcome.of(CastStatus.ALREADY_VOTED, "a"));
        assertThat(refuse("b")).isEqualTo(CastOutcome.of(CastStatus.LEFT_STAGE, ""));
    }

    private CastOutcome refuse(String choice) {
        return station()
                .refuse(TestPolls.offered(poll), VOTER, choice, ADDRESS)
                .toCompletableFuture()
                .join();
    }

    @Test
    void aCodeNamesItsVoterOnWhateverDevice() {
        VoterCode code = VoterCode.random(new Random(1));
        PollingStation station = station();

        CastOutcome first = castByCode(station, VOTER, code.written(), "a");
        castByCode(
                station, VoterId.newcomer(2, new Random(2)), " " + code.value().toLowerCase(Locale.ROOT), "b");

        assertThat(first.status()).isEqualTo(CastStatus.RECORDED);
        assertThat(ballotBox.codes()).hasSize(2).containsOnly(CodeHash.code(code.hash(poll.id())));
        assertThat(ballotBox.handed())
                .extracting(handed -> handed.ballot().voter())
                .containsOnly(code.voter(poll.id()))
                .hasSize(2);
    }

    @Test
    void aPollThatNeedsCodesTakesNoVoteWithoutOne() {
        String mistyped =
                VoterCode.random(new Random(1)).value().replace('2', '3').replaceFirst("^.", "A");
        for (String written : List.of("", "KXT4M7", mistyped)) {
            assertThat(castByCode(station(), VOTER, written, "a").status())
                    .as(written)
                    .isEqualTo(CastStatus.WRONG_CODE);
        }
        assertThat(ballotBox.handed()).isEmpty();
    }

    @Test
    void whoGuessesCodesIsHeldBackAndWhoHasOneIsNot() {
        Random random = new Random(3);
        PollingStation station = station();
        VoterCode own = VoterCode.random(random);
        castByCode(station, VOTER, own.value(), "a");
        ballotBox.answer(CastStatus.WRONG_CODE);
        for (int i = 0; i < 60; i++) {
            assertThat(castByCode(station, VOTER, VoterCode.random(random).value(), "a")
                            .status())
                    .isEqualTo(CastStatus.WRONG_CODE);
        }

        CastOutcome held = castByCode(station, VOTER, VoterCode.random(random).value(), "a");
        ballotBox.answer(CastStatus.ALREADY_VOTED);

        assertThat(held.status()).isEqualTo(CastStatus.TOO_MANY);
        assertThat(held.retryAfterSeconds()).isBetween(1, 60);
        assertThat(ballotBox.handed()).hasSize(61);
        assertThat(castByCode(station, VOTER, own.value(), "a").status()).isEqualTo(CastStatus.ALREADY_VOTED);
    }

    @Test
    void noBrowserTellsTheChoiceOfACode() {
        assertThat(station().choiceOf(coded(), VOTER).toCompletableFuture().join())
                .isEmpty();
    }

    private OfferedPoll coded() {
        return new OfferedPoll(poll, ResultsRule.LIVE, Instant::now, Optional.of(UnaryOperator.identity()), true);
    }

    private CastOutcome castByCode(PollingStation station, VoterId browser, String code, String choice) {
        return station.cast(coded(), browser, code, choice, ADDRESS)
                .toCompletableFuture()
                .join();
    }

    private OfferedPoll named(Optional<UnaryOperator<VoterId>> names) {
        return new OfferedPoll(poll, ResultsRule.LIVE, Instant::now, names);
    }

    private PollingStation station() {
        PollAdmission admission = new PollAdmission(poll, new PollChangeRule(false), ballotBox);
        return new PollingStation(admission, ballotBox, counts, new CodeGuesses());
    }

    private CastOutcome cast(PollingStation station, String choice) {
        return station.cast(TestPolls.offered(poll), VOTER, "", choice, ADDRESS)
                .toCompletableFuture()
                .join();
    }
}
