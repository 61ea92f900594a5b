package org.votingapp.organiser.form;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PollFormTest {

    @ParameterizedTest
    @CsvSource({
        "true, changeable, false",
        "true, Changeable, false",
        "true, CHANGEABLE, false",
        "true, final, true",
        "false, Changeable, true"
    })
    void aCodeIsUsedUpByItsVoteHoweverTheRuleIsWritten(boolean needsCode, String revote, boolean usedUp) {
        PollForm form = new PollForm();
        form.setNeedsCode(needsCode);
        form.setRevote(revote);
        assertThat(form.isUsingUpCodes()).isEqualTo(usedUp);
    }
}
