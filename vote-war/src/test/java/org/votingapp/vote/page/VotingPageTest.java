package org.votingapp.vote.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollOption;
import org.votingapp.poll.PollState;
import org.votingapp.poll.ResultsRule;
import org.votingapp.poll.RevoteRule;
import org.votingapp.poll.Room;
import org.votingapp.poll.RoomCode;
import org.votingapp.vote.casting.CastOutcome;
import org.votingapp.vote.casting.CastStatus;
import org.votingapp.vote.casting.OfferedPoll;
import org.votingapp.vote.casting.TestPolls;
import org.votingapp.vote.page.PageContent.Notice;
import org.votingapp.vote.page.VotingPage.Refusal;
import org.votingapp.vote.page.VotingPage.View;

/** What a voter is shown in each state of the poll and of the voter's vote. */
class VotingPageTest {

    private static final PageContent NO_VOTE = PageContent.of(Optional.empty());
    private static final PageContent FOR_CATS = PageContent.of(Optional.of("a"));

    @Test
    void thePageAsksThePollsQuestion() {
        VotingPage page = page(RevoteRule.FINAL, PollState.OPEN, NO_VOTE);

        assertThat(page.getPoll()).isEqualTo("cats-vs-dogs");
        assertThat(page.getQuestion()).isEqualTo("Cats vs Dogs!");
        assertThat(page.getLanguage()).isEqualTo("en");
        assertThat(page.getOptions()).containsExactly(new PollOption("a", "Cats"), new PollOption("b", "Dogs"));
        assertThat(page.getOpens()).contains(TestPolls.OPENS);
        assertThat(page.getCloses()).contains(TestPolls.CLOSES);
        assertThat(page.getResultUrl()).isEqualTo("https://results.example/");
    }

    @ParameterizedTest
    @CsvSource({
        "LIVE, OPEN, false",
        "VOTED, OPEN, false",
        "CLOSED, NOT_YET_OPEN, true",
        "CLOSED, OPEN, true",
        "CLOSED, CLOSED, false"
    })
    void aPageDoesNotPromiseAResultThatShowsOnceVotingHasClosed(ResultsRule rule, PollState state, boolean isLater) {
        OfferedPoll live = TestPolls.offered(TestPolls.catsVsDogs(RevoteRule.FINAL));
        OfferedPoll offered = new OfferedPoll(live.poll(), rule, live.clock(), live.names());

        assertThat(new VotingPage(new VotingPlace(Optional.empty(), offered), state, FOR_CATS, "").isResultLater())
                .isEqualTo(isLater);
    }

    @Test
    void thePageOfAPollThatWaitsHasNoTimeOfOpening() {
        VotingPage page = new VotingPage(
                new VotingPlace(Optional.empty(), TestPolls.offered(TestPolls.waiting())),
                PollState.NOT_YET_OPEN,
                NO_VOTE,
                "");

        assertThat(page.getView()).isEqualTo(View.BEFORE);
        assertThat(page.getOpens()).isEmpty();
    }

    @Test
    void thePageOfTheHouseRoomNamesNoRoom() {
        VotingPage page = page(RevoteRule.FINAL, PollState.OPEN, NO_VOTE);

        assertThat(page.getRoom()).isEmpty();
        assertThat(page.getCode()).isEmpty();
        assertThat(page.getAddress()).isEqualTo("./");
        assertThat(page.getApi()).isEqualTo("api/poll");
    }

    @Test
    void thePageOfARoomNamesItAndLeadsBackThere() {
        Room room = new Room(new RoomCode("KXT4M7"), "Town hall", List.of("cats-vs-dogs"), Optional.of("cats-vs-dogs"));
        VotingPage page = new VotingPage(
                new VotingPlace(Optional.of(room), TestPolls.offered(TestPolls.catsVsDogs(RevoteRule.FINAL))),
                PollState.OPEN,
                NO_VOTE,
                "");

        assertThat(page.getRoom()).isEqualTo("Town hall");
        assertThat(page.getCode()).isEqualTo("KXT4M7");
        assertThat(page.getAddress()).isEqualTo("./KXT4M7");
        assertThat(page.getApi()).isEqualTo("api/rooms/KXT4M7");
    }

    /** Its key belongs to another poll: this one's option of that key is not chosen. */
    @ParameterizedTest
    @EnumSource(RevoteRule.class)
    void aVoteForAPollThatLeftTheStageIsToldOnThePageOfTheNextOne(RevoteRule rule) {
        PageContent newcomer = NO_VOTE.after(CastOutcome.of(CastStatus.LEFT_STAGE, ""));
        VotingPage page = page(rule, PollState.OPEN, newcomer);

        assertThat(page.getRefusal()).isEqualTo(Refusal.LEFT_STAGE);
        assertThat(page.getView()).isEqualTo(View.BALLOT);
        assertThat(page.chosen("a") || page.chosen("b")).isFalse();
        VotingPage voters = page(rule, PollState.OPEN, FOR_CATS.after(CastOutcome.of(CastStatus.LEFT_STAGE, "")));
        assertThat(voters.getRefusal()).isEqualTo(Refusal.LEFT_STAGE);
        assertThat(voters.getView()).isEqualTo(View.RECEIPT);
    }

    @ParameterizedTest
    @CsvSource({
        "FINAL, NOT_YET_OPEN, BEFORE, false",
        "FINAL, OPEN, BALLOT, true",
        "FINAL, CLOSED, CLOSED, false",
        "CHANGEABLE, NOT_YET_OPEN, BEFORE, false",
        "CHANGEABLE, OPEN, BALLOT, true",
        "CHANGEABLE, CLOSED, CLOSED, false",
    })
    void aNewcomerSeesTheFormWhileThePollIsOpen(RevoteRule rule, PollState state, View view, boolean voting) {
        VotingPage page = page(rule, state, NO_VOTE);

        assertThat(page.getState()).isEqualTo(state);
        assertThat(page.getView()).isEqualTo(view);
        assertThat(page.isVoting()).isEqualTo(voting);
        assertThat(page.isVoted()).isFalse();
        assertThat(page.getChoice()).isEmpty();
        assertThat(page.getChoiceLabel()).isEmpty();
        assertThat(page.chosen("a") || page.chosen("b")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "FINAL, NOT_YET_OPEN, false",
        "FINAL, OPEN, false",
        "FINAL, CLOSED, false",
        "CHANGEABLE, NOT_YET_OPEN, false",
        "CHANGEABLE, OPEN, true",
        "CHANGEABLE, CLOSED, false",
    })
    void aVoterSeesAReceiptAndTheFormOnlyWhereTheChoiceMayChange(RevoteRule rule, PollState state, boolean voting) {
        VotingPage page = page(rule, state, FOR_CATS);

        assertThat(page.getView()).isEqualTo(View.RECEIPT);
        assertThat(page.isVoting()).isEqualTo(voting);
        assertThat(page.getChoice()).isEqualTo("a");
        assertThat(page.getChoiceLabel()).isEqualTo("Cats");
        assertThat(page.chosen("a")).as("the choice on record").isTrue();
        assertThat(page.chosen("b")).isFalse();
        assertThat(page.getRefusal()).isEqualTo(Refusal.NONE);
    }

    @Test
    void aChoiceThatThePollNoLongerHasIsToldByItsKey() {
        VotingPage page = page(RevoteRule.FINAL, PollState.OPEN, PageContent.of(Optional.of("z")));

        assertThat(page.getView()).isEqualTo(View.RECEIPT);
        assertThat(page.getChoiceLabel()).isEqualTo("z");
    }

    @ParameterizedTest
    @CsvSource({"NOT_YET_OPEN, BEFORE", "OPEN, BALLOT", "CLOSED, CLOSED"})
    void whereTheRecordIsUnknownThePageSaysSoAboveItsView(PollState state, View view) {
        VotingPage page = page(RevoteRule.FINAL, state, PageContent.of(Notice.RECORD_UNKNOWN));

        assertThat(page.isRecordUnknown()).isTrue();
        assertThat(page.getView()).isEqualTo(view);
        assertThat(page.getRefusal()).isEqualTo(Refusal.NONE);
    }

    @ParameterizedTest
    @EnumSource
    void aBrowserWithoutCookiesIsNotAskedAgain(PollState state) {
        VotingPage page = page(RevoteRule.CHANGEABLE, state, PageContent.of(Notice.NO_COOKIE));

        assertThat(page.getView()).isEqualTo(View.COOKIES_BLOCKED);
        assertThat(page.isVoting()).isFalse();
        assertThat(page.isRecordUnknown()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "UNKNOWN_CHOICE, OPEN, NOTHING_CHOSEN, BALLOT, false",
        "NOT_YET_OPEN, NOT_YET_OPEN, EARLY, BEFORE, false",
        "NOT_YET_OPEN, OPEN, EARLY, BALLOT, false",
        "CLOSED, CLOSED, LATE, CLOSED, false",
        "TOO_MANY, OPEN, BUSY, BALLOT, false",
        "UNAVAILABLE, OPEN, UNCONFIRMED, BALLOT, true",
    })
    void aRefusedFirstVoteIsExplainedAndStaysChosen(
            CastStatus status, PollState state, Refusal refusal, View view, boolean retry) {
        for (RevoteRule rule : RevoteRule.values()) {
            VotingPage page = page(rule, state, NO_VOTE.after(new CastOutcome(status, "b", 7)));

            assertThat(page.getRefusal()).isEqualTo(refusal);
            assertThat(page.getView()).isEqualTo(view);
            assertThat(page.isRetry()).isEqualTo(retry);
            assertThat(page.chosen("b")).isTrue();
            assertThat(page.chosen("a")).isFalse();
            assertThat(page.getRefusedLabel()).isEqualTo("Dogs");
            assertThat(page.getRetryAfterSeconds()).isEqualTo(7);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "FINAL, TOO_MANY, OPEN, ALREADY_VOTED, RECEIPT",
        "FINAL, UNAVAILABLE, OPEN, ALREADY_VOTED, RECEIPT",
        "FINAL, UNKNOWN_CHOICE, OPEN, NONE, RECEIPT",
        "FINAL, CLOSED, CLOSED, LATE, RECEIPT",
        "CHANGEABLE, TOO_MANY, OPEN, BUSY, BALLOT",
        "CHANGEABLE, UNAVAILABLE, OPEN, UNCONFIRMED, BALLOT",
        "CHANGEABLE, UNKNOWN_CHOICE, OPEN, NOTHING_CHOSEN, BALLOT",
        "CHANGEABLE, UNAVAILABLE, CLOSED, UNCONFIRMED, RECEIPT",
        "CHANGEABLE, CLOSED, CLOSED, LATE, RECEIPT",
    })
    void aRefusedFurtherVoteIsSentAgainOnlyWhereItCouldCount(
            RevoteRule rule, CastStatus status, PollState state, Refusal refusal, View view) {
        VotingPage page = page(rule, state, FOR_CATS.after(new CastOutcome(status, "b", 7)));

        assertThat(page.getRefusal()).isEqualTo(refusal);
        assertThat(page.getView()).isEqualTo(view);
        assertThat(page.chosen("b")).isTrue();
        assertThat(page.getChoiceLabel()).as("the choice on record").isEqualTo("Cats");
        assertThat(page.getRefusedLabel()).isEqualTo("Dogs");
    }

    @ParameterizedTest
    @EnumSource(names = {"CLOSED", "TOO_MANY", "UNAVAILABLE"})
    void theChoiceOnRecordIsNotToldToHaveFailed(CastStatus status) {
        VotingPage page = page(RevoteRule.FINAL, PollState.CLOSED, FOR_CATS.after(CastOutcome.of(status, "a")));

        assertThat(page.getRefusal()).isEqualTo(Refusal.NONE);
        assertThat(page.getView()).isEqualTo(View.RECEIPT);
    }

    @Test
    void aLateVoteForNoOptionHasNoLabel() {
        CastOutcome late = CastOutcome.of(CastStatus.CLOSED, "<script>");

        VotingPage page = page(RevoteRule.FINAL, PollState.CLOSED, NO_VOTE.after(late));

        assertThat(page.getRefusal()).isEqualTo(Refusal.LATE);
        assertThat(page.getRefusedLabel()).isEmpty();
    }

    @Test
    void whereNoVoteWasRefusedNothingIsToldOfOne() {
        VotingPage page = page(RevoteRule.FINAL, PollState.OPEN, FOR_CATS);

        assertThat(page.getRefusedLabel()).isEmpty();
        assertThat(page.getRetryAfterSeconds()).isZero();
    }

    /** The key comes by the page's address, where a link may put anything. */
    @ParameterizedTest
    @CsvSource({
        "FINAL, a, b, ALREADY_VOTED, a",
        "FINAL, a, a, NONE, a",
        "FINAL, a, z, NONE, a",
        "FINAL, , b, NONE, ''",
        "CHANGEABLE, a, b, NONE, a",
    })
    void aFurtherVoteIsToldNotToCountOnlyBesideAFinalOneForAnotherOption(
            RevoteRule rule, String recorded, String asked, Refusal refusal, String choice) {
        PageContent content = PageContent.of(Optional.ofNullable(recorded)).afterFurther(asked);

        VotingPage page = page(rule, PollState.OPEN, content);

        assertThat(page.getRefusal()).isEqualTo(refusal);
        assertThat(page.getView()).isEqualTo(recorded == null ? View.BALLOT : View.RECEIPT);
        assertThat(page.getChoice()).isEqualTo(choice);
        assertThat(content.isCommon()).as("shown to others").isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"RECORDED", "CHANGED"})
    void aVoteOnRecordIsNoRefusal(CastStatus status) {
        VotingPage page = page(RevoteRule.FINAL, PollState.OPEN, NO_VOTE.after(CastOutcome.of(status, "a")));

        assertThatThrownBy(page::getRefusal).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @CsvSource({"4, short", "5, long", "8, long", "9, longest"})
    void longerTextsAreSmaller(int letters, String size) {
        assertThat(page(RevoteRule.FINAL, PollState.OPEN, NO_VOTE).size("x".repeat(letters), 4))
                .isEqualTo(size);
    }

    @ParameterizedTest
    @CsvSource({"猫犬, short", "猫と犬, long", "🐈🐈🐈🐈🐈, longest"})
    void anIdeographIsAsWideAsTwoLetters(String text, String size) {
        assertThat(page(RevoteRule.FINAL, PollState.OPEN, NO_VOTE).size(text, 4))
                .isEqualTo(size);
    }

    @Test
    void aWrongCodeIsSaidWithTheVoteKeptForCorrection() {
        VotingPage page =
                coded(NO_VOTE.after(CastOutcome.of(CastStatus.WRONG_CODE, "b")).withCode("7KXT4M"));

        assertThat(page.getView()).isEqualTo(View.BALLOT);
        assertThat(page.getRefusal()).isEqualTo(Refusal.WRONG_CODE);
        assertThat(page.getCodeWritten()).isEqualTo("7KXT4M");
        assertThat(page.chosen("b")).isTrue();
    }

    /** As on a tablet that is passed round. */
    @Test
    void theNextVoterOfABrowserVotesWithAnotherCode() {
        VotingPage receipt = coded(FOR_CATS);
        VotingPage refused = coded(FOR_CATS.after(CastOutcome.of(CastStatus.WRONG_CODE, "a")));

        assertThat(receipt.getView()).isEqualTo(View.RECEIPT);
        assertThat(receipt.isVoting()).isTrue();
        assertThat(receipt.chosen("a")).as("the choice of the voter before").isFalse();
        assertThat(refused.getView()).isEqualTo(View.BALLOT);
        assertThat(refused.getRefusal())
                .as("though it was for the option that the other voter chose")
                .isEqualTo(Refusal.WRONG_CODE);
        assertThat(coded(FOR_CATS.after(CastOutcome.unavailable("b"))).getRefusal())
                .isEqualTo(Refusal.UNCONFIRMED);
        assertThat(coded(FOR_CATS.afterFurther("b")).getRefusal()).isEqualTo(Refusal.ALREADY_VOTED);
    }

    private static VotingPage coded(PageContent content) {
        OfferedPoll offered = TestPolls.offered(TestPolls.catsVsDogs(RevoteRule.FINAL));
        OfferedPoll coded = new OfferedPoll(offered.poll(), offered.results(), offered.clock(), offered.names(), true);
        return new VotingPage(new VotingPlace(Optional.empty(), coded), PollState.OPEN, content, "");
    }

    private static VotingPage page(RevoteRule rule, PollState state, PageContent content) {
        Poll poll = TestPolls.withHours(rule);
        return new VotingPage(
                new VotingPlace(Optional.empty(), TestPolls.offered(poll)), state, content, "https://results.example/");
    }
}
