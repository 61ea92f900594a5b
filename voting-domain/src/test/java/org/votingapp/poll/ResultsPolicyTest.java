package org.votingapp.poll;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ResultsPolicyTest {

    @ParameterizedTest
    @CsvSource({
        "LIVE,      true,  true,  true",
        "VOTED,     false, true,  true",
        "CLOSED,    false, false, true",
        "ORGANISER, false, false, false"
    })
    void theRuleDecidesWhoSeesTheResultWhen(
            ResultsRule rule, boolean anybody, boolean voter, boolean everybodyOnceFinal) {
        ResultsPolicy policy = new ResultsPolicy(rule, false);
        assertThat(policy.shows(ResultViewer.ANYBODY, false)).isEqualTo(anybody);
        assertThat(policy.shows(ResultViewer.VOTER, false)).isEqualTo(voter);
        assertThat(policy.shows(ResultViewer.ANYBODY, true)).isEqualTo(everybodyOnceFinal);
        assertThat(policy.shows(ResultViewer.VOTER, true)).isEqualTo(everybodyOnceFinal);
    }

    @ParameterizedTest
    @EnumSource
    void aRevealedResultShowsUnderAnyRule(ResultsRule rule) {
        assertThat(new ResultsPolicy(rule, true).shows(ResultViewer.ANYBODY, false))
                .isTrue();
    }
}
