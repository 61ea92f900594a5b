package org.votingapp.worker.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Comparator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryIdTest {

    private static final Comparator<EntryId> AS_NUMBERS = Comparator.<EntryId, BigInteger>comparing(
                    id -> unsigned(id.millis()))
            .thenComparing(id -> unsigned(id.sequence()));

    @Property
    void idsAreOrderedAsTwoUnsignedNumbers(
            @ForAll long millis, @ForAll long sequence, @ForAll long otherMillis, @ForAll long otherSequence) {
        EntryId id = new EntryId(millis, sequence);
        for (EntryId other :
                new EntryId[] {new EntryId(otherMillis, otherSequence), new EntryId(millis, otherSequence), id}) {
            assertThat(Integer.signum(id.compareTo(other))).isEqualTo(Integer.signum(AS_NUMBERS.compare(id, other)));
        }
    }

    @Property
    void whatIsWrittenIsRead(@ForAll long millis, @ForAll long sequence) {
        EntryId id = new EntryId(millis, sequence);
        assertThat(EntryId.parse(id.toString())).isEqualTo(id);
    }

    @Property
    void thePreviousIdIsOneLess(@ForAll long millis, @ForAll long sequence) {
        for (EntryId id : new EntryId[] {new EntryId(millis, sequence), new EntryId(millis, 0), EntryId.LAST}) {
            BigInteger number = unsigned(id.millis()).shiftLeft(64).add(unsigned(id.sequence()));
            EntryId previous = id.previous();
            BigInteger less = unsigned(previous.millis()).shiftLeft(64).add(unsigned(previous.sequence()));
            assertThat(less).isEqualTo(number.subtract(BigInteger.ONE).max(BigInteger.ZERO));
        }
    }

    @Test
    void theGreatestIdIsTwiceTheGreatestUnsignedNumber() {
        assertThat(EntryId.parse("18446744073709551615-18446744073709551615")).isEqualTo(new EntryId(-1, -1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "1", "1-", "-1", "1-2-3", "a-1", "18446744073709551616-0"})
    void whatIsNoIdIsRefused(String text) {
        assertThatThrownBy(() -> EntryId.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private static BigInteger unsigned(long number) {
        return new BigInteger(Long.toUnsignedString(number));
    }
}
