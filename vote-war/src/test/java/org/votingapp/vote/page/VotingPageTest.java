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
import org.votingapp.poll.RevoteRule;
import org.votingapp.vote.casting.CastOutcome;
import org.votingapp.vote.casting.CastStatus;
import org.votingapp.vote.casting.TestPolls;
import org.votingapp.vote.page.PageContent.Notice;
import org.votingapp.vote.page.VotingPage.Alert;

/** What a voter is shown in each state of the poll and of the voter's vote. */
class VotingPageTest {

    private static final PageContent NO_VOTE = PageContent.of(Optional.empty());
    private static final PageContent FOR_CATS = PageContent.of(Optional.of("a"));

    @Test
    void thePageAsksThePollsQuestion() {
        VotingPage page = page(RevoteRule.FINAL, NO_VOTE);

        assertThat(page.getQuestion()).isEqualTo("Cats vs Dogs!");
        assertThat(page.getLanguage()).isEqualTo("en");
        assertThat(page.getOptions()).containsExactly(new PollOption("a", "Cats"), new PollOption("b", "Dogs"));
        assertThat(page.getResultUrl()).isEqualTo("https://results.example/");
    }

    @ParameterizedTest
    @CsvSource({"NOT_YET_OPEN, false", "OPEN, true", "CLOSED, false"})
    void tilesCanBePressedWhileThePollIsOpen(PollState state, boolean open) {
        VotingPage page = new VotingPage(TestPolls.withHours(RevoteRule.FINAL), state, NO_VOTE, "");

        assertThat(page.getState()).isEqualTo(state);
        assertThat(page.isOpen()).isEqualTo(open);
    }

    @Test
    void thePollsHoursAreToldInWords() {
        VotingPage page = page(RevoteRule.FINAL, NO_VOTE);

        assertThat(page.getOpens()).isEqualTo("1 March 2027, 09:00 UTC");
        assertThat(page.getCloses()).isEqualTo("8 March 2027, 17:30 UTC");
    }

    @Test
    void aPollWithoutHoursTellsNone() {
        VotingPage page = new VotingPage(TestPolls.catsVsDogs(RevoteRule.FINAL), PollState.OPEN, NO_VOTE, "");

        assertThat(List.of(page.getOpens(), page.getCloses())).containsOnly("");
    }

    @ParameterizedTest
    @CsvSource({"FINAL, false", "CHANGEABLE, true"})
    void thePageTellsWhetherAChoiceCanBeChanged(RevoteRule rule, boolean changeable) {
        assertThat(page(rule, NO_VOTE).isChangeable()).isEqualTo(changeable);
    }

    @Test
    void whoHasNotVotedHasNoChosenTile() {
        VotingPage page = page(RevoteRule.FINAL, NO_VOTE);

        assertThat(page.isVoted()).isFalse();
        assertThat(page.getChoice()).isEmpty();
        assertThat(page.getChoiceLabel()).isEmpty();
        assertThat(page.chosen("a") || page.chosen("b")).isFalse();
        assertThat(page.getAlert()).isEqualTo(Alert.NONE);
    }

    @Test
    void theChoiceOnRecordIsTheOneChosenTile() {
        VotingPage page = page(RevoteRule.FINAL, FOR_CATS);

        assertThat(page.isVoted()).isTrue();
        assertThat(page.getChoice()).isEqualTo("a");
        assertThat(page.getChoiceLabel()).isEqualTo("Cats");
        assertThat(page.chosen("a")).isTrue();
        assertThat(page.chosen("b")).isFalse();
        assertThat(page.getAlert()).isEqualTo(Alert.NONE);
    }

    @Test
    void aChoiceThatThePollNoLongerHasIsToldByItsKey() {
        VotingPage page = page(RevoteRule.FINAL, PageContent.of(Optional.of("z")));

        assertThat(page.isVoted()).isTrue();
        assertThat(page.getChoiceLabel()).isEqualTo("z");
    }

    @ParameterizedTest
    @EnumSource
    void aNoticeSaysWhyNoChoiceIsShown(Notice notice) {
        VotingPage page = page(RevoteRule.FINAL, PageContent.of(notice));

        assertThat(page.getAlert().name()).isEqualTo(notice.name());
        assertThat(page.isVoted()).isFalse();
        assertThat(page.toRetry("a")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "UNKNOWN_CHOICE, UNKNOWN_CHOICE, false",
        "NOT_YET_OPEN, NOT_OPEN, false",
        "CLOSED, NOT_OPEN, false",
        "TOO_MANY, TOO_MANY, true",
        "UNAVAILABLE, UNCONFIRMED, true",
    })
    void aRefusedFirstVoteIsExplained(CastStatus status, Alert alert, boolean retry) {
        for (RevoteRule rule : RevoteRule.values()) {
            VotingPage page = page(rule, NO_VOTE.after(new CastOutcome(status, "b", 7)));

            assertThat(page.getAlert()).isEqualTo(alert);
            assertThat(page.toRetry("b")).isEqualTo(retry);
            assertThat(page.toRetry("a")).as("another option").isFalse();
            assertThat(page.getRefusedLabel()).isEqualTo("Dogs");
            assertThat(page.getRetryAfterSeconds()).isEqualTo(7);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "FINAL, TOO_MANY, FINAL, false",
        "FINAL, UNAVAILABLE, FINAL, false",
        "FINAL, UNKNOWN_CHOICE, UNKNOWN_CHOICE, false",
        "FINAL, CLOSED, NOT_OPEN, false",
        "CHANGEABLE, TOO_MANY, TOO_MANY, true",
        "CHANGEABLE, UNAVAILABLE, UNCONFIRMED, true",
        "CHANGEABLE, UNKNOWN_CHOICE, UNKNOWN_CHOICE, false",
        "CHANGEABLE, CLOSED, NOT_OPEN, false",
    })
    void aRefusedFurtherVoteIsTriedAgainOnlyWhereItCouldCount(
            RevoteRule rule, CastStatus status, Alert alert, boolean retry) {
        VotingPage page = page(rule, FOR_CATS.after(new CastOutcome(status, "b", 7)));

        assertThat(page.getAlert()).isEqualTo(alert);
        assertThat(page.toRetry("b")).isEqualTo(retry);
        assertThat(page.chosen("a")).as("the choice on record").isTrue();
        assertThat(page.getRefusedLabel()).isEqualTo("Dogs");
    }

    @Test
    void whereNoVoteWasRefusedNothingIsToldOfOne() {
        VotingPage page = page(RevoteRule.FINAL, FOR_CATS);

        assertThat(page.getRefusedLabel()).isEmpty();
        assertThat(page.getRetryAfterSeconds()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"RECORDED", "CHANGED", "ALREADY_VOTED"})
    void aVoteOnRecordIsNoRefusal(CastStatus status) {
        VotingPage page = page(RevoteRule.FINAL, NO_VOTE.after(CastOutcome.of(status, "a")));

        assertThatThrownBy(page::getAlert).isInstanceOf(IllegalStateException.class);
    }

    private static VotingPage page(RevoteRule rule, PageContent content) {
        Poll poll = TestPolls.withHours(rule);
        return new VotingPage(poll, PollState.OPEN, content, "https://results.example/");
    }
}
