package org.votingapp.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
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

    /** A bit that stays the same would stay so 300 times by chance once in 2 to the power of 300. */
    @Test
    void everyBitIsDrawn() {
        SecureRandom random = new SecureRandom();
        VoterId first = VoterId.random(random);
        long high = 0;
        long low = 0;
        for (int i = 0; i < 300; i++) {
            VoterId voter = VoterId.random(random);
            high |= voter.high() ^ first.high();
            low |= voter.low() ^ first.low();
        }
        assertThat(high).isEqualTo(-1);
        assertThat(low).isEqualTo(-1);
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
