package org.votingapp.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VoterCodeTest {

    private static final String ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ";
    private static final int MANY = 1_000;

    private final Random random = new Random(28);

    @Test
    void aCodeHasEightyRandomBitsAndACheckCharacter() {
        double bits = VoterCode.RANDOM * Math.log(ALPHABET.length()) / Math.log(2);
        Set<String> codes = new HashSet<>();
        for (int i = 0; i < MANY; i++) {
            codes.add(VoterCode.random(random).value());
        }

        assertThat(bits).isGreaterThanOrEqualTo(80);
        assertThat(codes).hasSize(MANY).allMatch(code -> code.matches("[" + ALPHABET + "]{18}"));
    }

    @Test
    void aCodeIsWrittenInGroupsAndReadHoweverItIsTyped() {
        for (int i = 0; i < MANY; i++) {
            VoterCode code = VoterCode.random(random);
            assertThat(code.written()).matches("([" + ALPHABET + "]{6}-){2}[" + ALPHABET + "]{6}");
            assertThat(VoterCode.parse(code.written())).contains(code);
            assertThat(VoterCode.parse(code.value())).contains(code);
            assertThat(VoterCode.parse(code.written().toLowerCase())).contains(code);
            assertThat(VoterCode.parse("  " + code.written().replace("-", " \u2013 ") + "\u00A0\n"))
                    .contains(code);
        }
    }

    @Test
    void aWrongCharacterOrASwapOfNeighboursIsFound() {
        for (int i = 0; i < MANY / 20; i++) {
            String right = VoterCode.random(random).value();
            for (int at = 0; at < right.length(); at++) {
                for (char other : ALPHABET.toCharArray()) {
                    String wrong = right.substring(0, at) + other + right.substring(at + 1);
                    assertThat(VoterCode.parse(wrong).isPresent())
                            .as("%s for %s", wrong, right)
                            .isEqualTo(wrong.equals(right));
                }
                if (at > 0 && right.charAt(at) != right.charAt(at - 1)) {
                    String swapped = right.substring(0, at - 1)
                            + right.charAt(at)
                            + right.charAt(at - 1)
                            + right.substring(at + 1);
                    assertThat(VoterCode.parse(swapped)).as(swapped).isEmpty();
                }
            }
        }
    }

    @Test
    void whatIsNoCodeIsNone() {
        String right = VoterCode.random(random).value();
        for (String written : new String[] {
            "", "KXT4M7", right.substring(1), right + "2", right.replace(right.charAt(0), 'A'), right + " ".repeat(60)
        }) {
            assertThat(VoterCode.parse(written)).as(written).isEqualTo(Optional.empty());
        }
        assertThatThrownBy(() -> new VoterCode(right.toLowerCase()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining(right.toLowerCase());
    }

    /** By which nobody joins hashes and ballots, nor codes of two polls. */
    @Test
    void hashAndVoterDifferFromEachOtherAndFromThoseOfOtherPollsAndCodes() {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < MANY; i++) {
            VoterCode code = VoterCode.random(random);
            for (String poll : new String[] {"board", "budget"}) {
                names.add(code.voter(poll).toString());
                names.add(prefix(code.hash(poll)).toString());
                assertThat(VoterCode.parse(code.written()).orElseThrow().hash(poll))
                        .hasSize(32)
                        .isEqualTo(code.hash(poll));
            }
        }

        assertThat(names).hasSize(4 * MANY);
    }

    private static VoterId prefix(byte[] hash) {
        ByteBuffer bytes = ByteBuffer.wrap(hash);
        return new VoterId(bytes.getLong(), bytes.getLong());
    }

    @Test
    void noLogShowsACode() {
        VoterCode code = VoterCode.random(random);

        assertThat(code.toString()).doesNotContain(code.value()).doesNotContain(code.written());
    }
}
