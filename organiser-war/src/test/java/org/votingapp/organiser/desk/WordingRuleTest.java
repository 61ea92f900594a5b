package org.votingapp.organiser.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollOption;
import org.votingapp.poll.ResultsPolicy;
import org.votingapp.poll.ResultsRule;
import org.votingapp.poll.RevoteRule;
import org.votingapp.poll.RoomCode;

class WordingRuleTest {

    private static final Instant NOW = Instant.parse("2027-03-01T10:00:00Z");

    private static PollView poll(PollStep step, Optional<Instant> opens, long votes, long published) {
        return poll(step, opens, votes, published, "Pizza", "");
    }

    private static PollView poll(
            PollStep step, Optional<Instant> opens, long votes, long published, String label, String firstLabel) {
        return new PollView(
                "lunch",
                new RoomCode("KXT4M7"),
                "Where?",
                "en",
                List.of(new OptionView("a", label, firstLabel, votes), new OptionView("b", "Sushi", "", 0)),
                RevoteRule.FINAL,
                new ResultsPolicy(ResultsRule.VOTED, false),
                opens,
                Optional.empty(),
                step,
                true,
                false,
                false,
                1,
                Optional.empty(),
                4,
                published,
                Optional.empty(),
                Optional.empty(),
                NOW,
                false,
                false);
    }

    private static Poll wording(String question, String first, Optional<Instant> opens) {
        return new Poll(
                "lunch",
                question,
                "en",
                List.of(new PollOption("a", first), new PollOption("b", "Sushi")),
                RevoteRule.FINAL,
                opens,
                Optional.empty());
    }

    private static Poll wording(String question, String first) {
        return wording(question, first, Optional.of(Poll.WAITING));
    }

    private static final PollView OPEN = poll(PollStep.OPEN, Optional.of(NOW), 0, 4);

    private static void assertRefused(PollView before, Poll after, ResultsRule rule, Refusal reason) {
        assertThatThrownBy(() -> WordingRule.check(before, after, rule))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    @Test
    void aPollIsFreeWhileNobodyCanHaveVoted() {
        assertThat(poll(PollStep.WAITING, Optional.empty(), 0, 0).free()).isTrue();
        assertThat(poll(PollStep.WAITING, Optional.empty(), 0, 4).free()).isTrue();
        assertThat(poll(PollStep.SCHEDULED, Optional.of(NOW.plusSeconds(11)), 0, 4)
                        .free())
                .isTrue();
        assertThat(poll(PollStep.FINAL, Optional.of(NOW), 0, 4).free()).isTrue();
    }

    @Test
    void aPollIsFixedOnceSomebodyCanHaveVoted() {
        assertThat(OPEN.free()).isFalse();
        assertThat(poll(PollStep.SCHEDULED, Optional.of(NOW.plusSeconds(10)), 0, 4)
                        .free())
                .as("it opens in a moment")
                .isFalse();
        assertThat(poll(PollStep.COUNTING, Optional.of(NOW), 0, 4).free())
                .as("ballots may be on their way")
                .isFalse();
        assertThat(poll(PollStep.FINAL, Optional.of(NOW), 1, 4).free()).isFalse();
        assertThat(poll(PollStep.WAITING, Optional.empty(), 0, 3).free())
                .as("vote servers go by earlier hours")
                .isFalse();
    }

    @Test
    void aSlipInALabelIsMended() {
        assertThatCode(() -> WordingRule.check(OPEN, wording("Where?", "Pizzza"), ResultsRule.VOTED))
                .doesNotThrowAnyException();
    }

    @Test
    void noChainOfCorrectionsLeadsToAnotherMeaning() {
        PollView corrected = poll(PollStep.OPEN, Optional.of(NOW), 0, 4, "Pixxa", "Pizza");
        assertRefused(corrected, wording("Where?", "Pyxxo"), ResultsRule.VOTED, Refusal.FIXED_LABEL);
        assertThatCode(() -> WordingRule.check(corrected, wording("Where?", "Pizza"), ResultsRule.VOTED))
                .doesNotThrowAnyException();
    }

    @Test
    void whatPeopleVotedByIsFixed() {
        assertRefused(OPEN, wording("Whither?", "Pizza"), ResultsRule.VOTED, Refusal.FIXED_QUESTION);
        assertRefused(OPEN, wording("Where?", "Salad"), ResultsRule.VOTED, Refusal.FIXED_LABEL);
        assertRefused(
                OPEN,
                wording("Where?", "Pizza", Optional.of(NOW.plusSeconds(60))),
                ResultsRule.VOTED,
                Refusal.FIXED_OPENS);
    }

    @Test
    void aResultMayShowLaterAndNotSooner() {
        assertRefused(OPEN, wording("Where?", "Pizza"), ResultsRule.LIVE, Refusal.FIXED_RESULTS);
        assertThatCode(() -> WordingRule.check(OPEN, wording("Where?", "Pizza"), ResultsRule.ORGANISER))
                .doesNotThrowAnyException();
    }
}
