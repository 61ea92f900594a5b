package org.votingapp.result.tally;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SharesTest {

    private static final long MANY = Long.MAX_VALUE / 1000 / 10;

    @Property
    void sharesSumToTheWhole(@ForAll @Size(min = 2, max = 10) List<@LongRange(max = MANY) Long> counts) {
        Assume.that(sum(counts) > 0);
        assertThat(Shares.tenths(counts).stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(1000);
    }

    @Property
    void noShareIsOffByATenth(@ForAll @Size(min = 2, max = 10) List<@LongRange(max = 1_000_000) Long> counts) {
        Assume.that(sum(counts) > 0);
        List<Integer> shares = Shares.tenths(counts);
        for (int at = 0; at < counts.size(); at++) {
            double exact = 1000.0 * counts.get(at) / sum(counts);
            assertThat(shares.get(at).doubleValue()).isCloseTo(exact, within(0.999999999));
        }
    }

    @Property
    void whoHasMoreVotesHasNoSmallerShare(@ForAll @Size(min = 2, max = 10) List<@LongRange(max = 300) Long> counts) {
        Assume.that(sum(counts) > 0);
        List<Integer> shares = Shares.tenths(counts);
        for (int one = 0; one < counts.size(); one++) {
            for (int other = 0; other < counts.size(); other++) {
                if (counts.get(one) > counts.get(other)) {
                    assertThat(shares.get(one)).isGreaterThanOrEqualTo(shares.get(other));
                }
            }
        }
    }

    @Test
    void theFirstOfEqualsGetsTheTenthThatIsLeft() {
        assertThat(Shares.tenths(List.of(5L, 5L, 5L))).containsExactly(334, 333, 333);
    }

    @Test
    void theLargestRemainderGetsTheTenthThatIsLeft() {
        assertThat(Shares.tenths(List.of(1L, 2L))).containsExactly(333, 667);
    }

    @Test
    void moreThanCanBeDividedIsRefused() {
        assertThatThrownBy(() -> Shares.tenths(List.of(Long.MAX_VALUE, 1L))).isInstanceOf(ArithmeticException.class);
    }

    private static long sum(List<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).sum();
    }
}
