package org.votingapp.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PseudonymsTest {

    private static final long UNIT = 1L << 16;
    private static final long NOW = 1_800_000_000_000L;

    private final Random random = new Random(1);

    @Property
    void theSameKeyAndVoterHaveTheSamePseudonym(
            @ForAll @Size(Pseudonyms.KEY_LENGTH) byte[] key, @ForAll long high, @ForAll long low) {
        VoterId voter = new VoterId(high, low);
        Pseudonyms poll = new Pseudonyms(key);
        VoterId pseudonym = poll.of(voter);
        poll.of(new VoterId(~high, low));
        assertThat(poll.of(voter)).isEqualTo(pseudonym).isNotEqualTo(voter);
        assertThat(new Pseudonyms(key.clone()).of(voter)).isEqualTo(pseudonym);
    }

    /** By another implementation (OpenSSL), since pseudonyms in Postgres outlive a release. */
    @Test
    void aPseudonymStaysWhatItIs() {
        byte[] key = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");
        VoterId voter = new VoterId(0x018F_0000_1234_7000L, 0x8000_0000_0000_0001L);
        UUID pseudonym = UUID.fromString("ac146b23-a019-5466-2e54-043365dd15d2");
        assertThat(new Pseudonyms(key).of(voter).toUuid()).isEqualTo(pseudonym);
        UUID sameKey = UUID.fromString("00010203-0405-0607-0809-0a0b0c0d0e0f");
        assertThat(Pseudonyms.withKey(sameKey).of(voter).toUuid()).isEqualTo(pseudonym);
    }

    @Property
    void whoCameInTheSameUnitLiesTogetherAndNobodyElse(@ForAll @LongRange(max = (1L << 48) - 1) long millis) {
        Pseudonyms poll = poll();
        long unit = millis / UNIT * UNIT;
        int place = place(poll, millis);
        assertThat(place(poll, unit)).isEqualTo(place);
        assertThat(place(poll, unit + UNIT - 1)).isEqualTo(place);
        // Two units share a place by chance once in 2 to the power of 32; the seed is fixed.
        assertThat(place(poll, unit + UNIT)).isNotEqualTo(place);
    }

    @Test
    void votersOfOneUnitAreDistinct() {
        Pseudonyms poll = poll();
        Set<VoterId> pseudonyms = new HashSet<>();
        for (int voter = 0; voter < 100_000; voter++) {
            pseudonyms.add(poll.of(VoterId.newcomer(NOW, random)));
        }
        assertThat(pseudonyms).hasSize(100_000);
    }

    /** Of 128 bits 64 differ on average between two polls; with 1,000 voters the mean deviates by 0.18. */
    @Test
    void twoPollsShareNothing() {
        Pseudonyms one = poll();
        Pseudonyms other = poll();
        List<VoterId> voters = IntStream.range(0, 1_000)
                .mapToObj(voter -> VoterId.newcomer(NOW + voter * UNIT, random))
                .toList();
        assertThat(voters)
                .noneMatch(
                        voter -> one.of(voter).high() >>> 32 == other.of(voter).high() >>> 32);
        assertThat(voters.stream()
                        .mapToInt(voter -> differing(one.of(voter), other.of(voter)))
                        .average()
                        .orElseThrow())
                .isBetween(63.0, 65.0);
    }

    /** Of 999 pairs of successive units 499.5 rise on average, with a standard deviation of 9. */
    @Test
    void theOrderOfArrivalIsNotVisible() {
        Pseudonyms poll = poll();
        int[] places = LongStream.range(0, 1_000)
                .mapToInt(unit -> place(poll, NOW + unit * UNIT))
                .toArray();
        assertThat(IntStream.range(1, 1_000)
                        .filter(unit -> Integer.compareUnsigned(places[unit - 1], places[unit]) < 0)
                        .count())
                .isBetween(450L, 550L);
    }

    /** Within a unit, too: neither the low bits of the time nor the order of ids can be seen. */
    @Test
    void theOrderWithinAUnitIsNotVisible() {
        Pseudonyms poll = poll();
        long start = NOW / UNIT * UNIT;
        List<String> names = LongStream.range(0, 1_000)
                .mapToObj(later -> poll.of(VoterId.newcomer(start + later, random))
                        .toUuid()
                        .toString())
                .toList();
        assertThat(IntStream.range(1, 1_000)
                        .filter(voter -> names.get(voter - 1).compareTo(names.get(voter)) < 0)
                        .count())
                .isBetween(450L, 550L);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15, 17, 32})
    void aKeyOfAnotherLengthIsRefused(int length) {
        assertThatThrownBy(() -> new Pseudonyms(new byte[length]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a key of %d bytes, not 16", length);
    }

    private Pseudonyms poll() {
        byte[] key = new byte[Pseudonyms.KEY_LENGTH];
        random.nextBytes(key);
        return new Pseudonyms(key);
    }

    private int place(Pseudonyms poll, long millis) {
        return (int) (poll.of(VoterId.newcomer(millis, random)).high() >>> 32);
    }

    private static int differing(VoterId one, VoterId other) {
        return Long.bitCount(one.high() ^ other.high()) + Long.bitCount(one.low() ^ other.low());
    }
}
