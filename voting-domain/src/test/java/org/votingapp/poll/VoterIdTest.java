package org.votingapp.poll;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VoterIdTest {

    @Property
    void whatIsWrittenIsReadAgain(@ForAll long high, @ForAll long low) {
        VoterId voter = new VoterId(high, low);
        assertThat(voter.toString()).hasSize(VoterId.LENGTH).matches("[A-Za-z0-9_-]+");
        assertThat(VoterId.parse(voter.toString())).contains(voter);
        assertThat(voter.toUuid().getMostSignificantBits()).isEqualTo(high);
        assertThat(voter.toUuid().getLeastSignificantBits()).isEqualTo(low);
    }

    @Property
    void whateverIsReadIsWrittenTheSame(@ForAll String text) {
        VoterId.parse(text).ifPresent(voter -> assertThat(voter).hasToString(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "AAAAAAAAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAAAAAAAB", // the last four bits must be zero
                "AAAAAAAAAAAAAAAAAAAA==",
                "AAAAAAAAAA AAAAAAAAAAA",
                "AAAAAAAAAA+AAAAAAAAAAA",
                "\u0000AAAAAAAAAAAAAAAAAAAAA",
            })
    void whatIsNotAVoterIsRefused(String text) {
        assertThat(VoterId.parse(text)).isEmpty();
    }
}
