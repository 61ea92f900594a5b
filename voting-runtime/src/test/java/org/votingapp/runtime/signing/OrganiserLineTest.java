package org.votingapp.runtime.signing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OrganiserLineTest {

    @Test
    void theSamePasswordHasAnotherHashEachTime() {
        assertThat(OrganiserLine.make("anna", "organiser", "correct horse battery"))
                .matches("anna:organiser:PBKDF2WithHmacSHA512:210000:[A-Za-z0-9+/]{22}==:[A-Za-z0-9+/]{86}==")
                .isNotEqualTo(OrganiserLine.make("anna", "organiser", "correct horse battery"));
    }
}
