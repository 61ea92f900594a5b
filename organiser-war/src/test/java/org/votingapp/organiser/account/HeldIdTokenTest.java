package org.votingapp.organiser.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeldIdTokenTest {

    @Test
    void aTokenIsHeldUpToWhatACookieTakes() {
        assertThat(HeldIdToken.of("x".repeat(HeldIdToken.LONGEST)).text()).isPresent();
        assertThat(HeldIdToken.of("x".repeat(HeldIdToken.LONGEST + 1)).text()).isEmpty();
    }

    @Test
    void itIsNotWritten() {
        assertThat(HeldIdToken.of("a.b.c").toString()).doesNotContain("a.b.c");
    }
}
