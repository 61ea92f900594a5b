package org.votingapp.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoomCodeTest {

    @ParameterizedTest
    @ValueSource(strings = {"KXT4M7", "kxt4m7", "Kxt4m7"})
    void aCodeIsReadInAnyCase(String written) {
        assertThat(RoomCode.parse(written)).contains(new RoomCode("KXT4M7"));
        assertThat(RoomCode.parse(written).orElseThrow()).hasToString("KXT4M7");
    }

    /** The last ones hold letters whose upper or lower case is an ASCII letter: the long s and the Kelvin sign. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "KXT4M",
                "KXT4M72",
                "KXT4M0",
                "KXT4MA",
                " KXT4M7",
                "KXT4M7\n",
                "house",
                "HOUSE",
                "KXT4M\u017F",
                "KXT4M\u212A"
            })
    void anythingElseIsNone(String written) {
        assertThat(RoomCode.parse(written)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"kxt4m7", "HOUSE", "KXT4M", "KXT4M\u017F"})
    void noCodeIsMadeOfAnythingElse(String value) {
        assertThatThrownBy(() -> new RoomCode(value)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void randomCodesUseTheWholeAlphabetAndAreReadAgain() {
        Random random = new Random(27);
        TreeSet<Integer> used = new TreeSet<>();
        for (int i = 0; i < 1_000; i++) {
            RoomCode code = RoomCode.random(random);
            assertThat(RoomCode.parse(code.value())).contains(code);
            code.value().chars().forEach(used::add);
        }
        assertThat(used)
                .containsExactlyElementsOf(IntStream.range(0, RoomCode.ALPHABET.length())
                        .mapToObj(RoomCode.ALPHABET::codePointAt)::iterator);
    }
}
