package org.votingapp.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VoterIdTest {

    private static final SecureRandom RANDOM = new SecureRandom();

    @Property
    void whatIsWrittenIsReadAgain(@ForAll long high, @ForAll long low) {
        VoterId voter = new VoterId(high, low);
        assertThat(voter.toString()).hasSize(VoterId.LENGTH).matches("[A-Za-z0-9_-]+");
        assertThat(VoterId.parse(voter.toString())).contains(voter);
        assertThat(voter.toUuid().getMostSignificantBits()).isEqualTo(high);
        assertThat(voter.toUuid().getLeastSignificantBits()).isEqualTo(low);
    }

    @Property
    void aNewcomerTellsWhenItCame(@ForAll @LongRange(max = (1L << 48) - 1) long millis) {
        UUID uuid = VoterId.newcomer(millis, RANDOM).toUuid();
        assertThat(uuid.version()).isEqualTo(7);
        assertThat(uuid.variant()).isEqualTo(2);
        assertThat(uuid.getMostSignificantBits() >>> 16).isEqualTo(millis);
    }

    /** As Postgres compares them: byte by byte, which is as the written form of a UUID. */
    @Test
    void whoComesLaterLiesBehind() {
        VoterId former = VoterId.newcomer(0, RANDOM);
        for (long millis = 1; millis < 1L << 47; millis *= 2) {
            VoterId later = VoterId.newcomer(millis, RANDOM);
            assertThat(later.toUuid().toString()).isGreaterThan(former.toUuid().toString());
            former = later;
        }
    }

    /** A bit that stays the same would stay so 300 times by chance once in 2 to the power of 300. */
    @Test
    void everyOtherBitIsDrawn() {
        VoterId first = VoterId.newcomer(0, RANDOM);
        long high = 0;
        long low = 0;
        for (int i = 0; i < 300; i++) {
            VoterId voter = VoterId.newcomer(0, RANDOM);
            high |= voter.high() ^ first.high();
            low |= voter.low() ^ first.low();
        }
        assertThat(Long.bitCount(high)).isEqualTo(12);
        assertThat(Long.bitCount(low)).isEqualTo(62);
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
