package org.votingapp.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What no setting of {@code POLL_*} has; PollSettingsTest shows the others. */
class PollPartsTest {

    @ParameterizedTest
    @CsvSource({"live, LIVE", "Voted, VOTED", "closed, CLOSED", "ORGANISER, ORGANISER"})
    void whoSeesTheResultIsReadInAnyCase(String written, ResultsRule rule) throws PollPartException {
        assertThat(PollParts.results(written)).isEqualTo(rule);
    }

    @Test
    void anotherRuleIsRefusedWithAllThatThereAre() {
        assertThatThrownBy(() -> PollParts.results("hidden"))
                .isInstanceOf(PollPartException.class)
                .hasMessage("live (always shown), voted (to voters), closed (when final) or organiser (when revealed)");
    }

    @Test
    void aCodeIsRefusedWithWhatItConsistsOf() throws PollPartException {
        assertThat(PollParts.code("kxt4m7")).hasToString("KXT4M7");
        assertThatThrownBy(() -> PollParts.code("house"))
                .isInstanceOf(PollPartException.class)
                .hasMessage("6 characters of 23456789BCDFGHJKMNPQRSTVWXZ, such as KXT4M7");
    }
}
