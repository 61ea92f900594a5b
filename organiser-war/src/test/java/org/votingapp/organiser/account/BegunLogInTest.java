package org.votingapp.organiser.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BegunLogInTest {

    private static final Instant AT = Instant.parse("2026-11-30T12:00:00Z");
    private static final SessionToken SECRET = SessionToken.random();
    private static final BegunLogIn BEGUN = new BegunLogIn(SECRET, AT, WantedPage.named("account"));

    @Test
    void whatTheProviderLearnsIsNotTheSecretAndDiffersByPurpose() {
        assertThat(BEGUN.flow().state())
                .isNotEqualTo(BEGUN.flow().nonce())
                .isNotEqualTo(BEGUN.flow().verifier());
        // RFC 7636, section 4.1: 43 to 128 characters.
        assertThat(BEGUN.flow().verifier())
                .matches("[A-Za-z0-9_-]{43}")
                .isNotEqualTo(BEGUN.flow().nonce())
                .isNotEqualTo(SECRET.written())
                .isNotEqualTo(SECRET.csrf());
        assertThat(BEGUN.toString() + BEGUN.flow()).doesNotContain(SECRET.written());
    }

    @Test
    void theStateIsOfThisBrowserThisTimeAndThisPage() {
        String state = BEGUN.flow().state();
        assertThat(BEGUN.isOf(state)).isTrue();
        assertThat(BEGUN.isOf("")).isFalse();
        assertThat(new BegunLogIn(SessionToken.random(), AT, BEGUN.wanted()).isOf(state))
                .isFalse();
        assertThat(new BegunLogIn(SECRET, AT.plusSeconds(1), BEGUN.wanted()).isOf(state))
                .isFalse();
        assertThat(new BegunLogIn(SECRET, AT, WantedPage.named("tokens")).isOf(state))
                .isFalse();
    }

    @Test
    void itLastsTenMinutes() {
        assertThat(BEGUN.isTooOld(AT.plus(Duration.ofMinutes(10)))).isFalse();
        assertThat(BEGUN.isTooOld(AT.plus(Duration.ofMinutes(10)).plusSeconds(1)))
                .isTrue();
        assertThat(BEGUN.isTooOld(AT.minus(Duration.ofMinutes(11)))).isTrue();
    }

    @Test
    void theCookieSaysItAgainAndLeadsToNoOtherSite() {
        String secret = SECRET.written();
        assertThat(BegunLogIn.parse(secret + "." + AT.getEpochSecond() + ".YWNjb3VudA"))
                .map(BegunLogIn::flow)
                .contains(BEGUN.flow());
        // https://evil.example/
        assertThat(BegunLogIn.parse(secret + ".1.aHR0cHM6Ly9ldmlsLmV4YW1wbGUv"))
                .map(BegunLogIn::wanted)
                .contains(WantedPage.named(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x.1.", "A.1.", "..", "%s.x.", "%s.1", "%s.1.=", "%s.1.A", "%s.9999999999999."})
    void anythingElseIsNone(String cookie) {
        assertThat(BegunLogIn.parse(cookie.formatted(SECRET.written()))).isEmpty();
    }
}
