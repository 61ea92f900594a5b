package org.votingapp.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReasonTest {

    @Test
    void aTextBecomesOneLine() {
        assertThat(Reason.line("one\ntwo")).isEqualTo("one");
        assertThat(Reason.line("\r\n\ntwo\rthree")).isEqualTo("two");
        assertThat(Reason.line("a\u001b[31mb\u2028c")).isEqualTo("a\uFFFD[31mb\uFFFDc");
        assertThat(Reason.line("🫶 newer than the JDK")).isEqualTo("🫶 newer than the JDK");
        assertThat(Reason.line("")).isEqualTo("no reason given");
    }

    @Test
    void aLineIsOfBoundedLength() {
        assertThat(Reason.line("x".repeat(10_000))).isEqualTo("x".repeat(200) + "…");
    }
}
