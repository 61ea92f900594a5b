package org.votingapp.organiser.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTokenTest {

    @Test
    void aTokenHas256RandomBitsAndIsKnownAgain() {
        SessionToken token = SessionToken.random();
        assertThat(token.written())
                .matches("[A-Za-z0-9_-]{43}")
                .isNotEqualTo(SessionToken.random().written());
        assertThat(SessionToken.parse(token.written()).orElseThrow().hash())
                .isEqualTo(token.hash())
                .hasSize(32);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "'; DROP TABLE organiser_session; --"})
    void whatHasNotItsFormIsNone(String sent) {
        assertThat(SessionToken.parse(sent)).isEmpty();
        assertThat(SessionToken.parse("A".repeat(42) + "é")).isEmpty();
        assertThat(SessionToken.parse("A".repeat(44))).isEmpty();
    }

    @Test
    void theTokenOfItsFormsIsItsOwnAndTellsNothingOfIt() {
        SessionToken token = SessionToken.random();
        assertThat(token.isOfForm(token.csrf())).isTrue();
        assertThat(token.isOfForm(token.written())).isFalse();
        assertThat(token.isOfForm(SessionToken.random().csrf())).isFalse();
        assertThat(token.isOfForm("")).isFalse();
        assertThat(token.csrf()).doesNotContain(token.written());
        assertThat(token.toString()).doesNotContain(token.written());
    }
}
