package org.votingapp.result.tally;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SharesTest {

    private static final long MANY = Long.MAX_VALUE / 1000 / 10;

    @Property
    void equalVotesHaveEqualSharesAndMoreVotesNoSmallerOne(@ForAll("counts") List<Long> counts) {
        assertThat(keepsOrder(counts, Shares.tenths(counts))).isTrue();
    }

    @Property
    void noShareIsOffByATenth(@ForAll("counts") List<Long> counts) {
        List<Integer> shares = Shares.tenths(counts);
        for (int at = 0; at < counts.size(); at++) {
            double exact = 1000.0 * counts.get(at) / sum(counts);
            assertThat(shares.get(at).doubleValue()).isCloseTo(exact, within(0.999999999));
        }
    }

    /** Compares with every way to round each share down or up. */
    @Property
    void sharesSumToTheWholeWhereRoundingAllowsIt(@ForAll("counts") List<Long> counts) {
        int nearest = Integer.MAX_VALUE;
        for (int up = 0; up < 1 << counts.size(); up++) {
            List<Integer> shares = rounded(counts, up);
            if (keepsOrder(counts, shares)) {
                nearest = Math.min(nearest, Math.abs(1000 - sumOf(shares)));
            }
        }
        assertThat(Math.abs(1000 - sumOf(Shares.tenths(counts)))).isEqualTo(nearest);
    }

    @Property
    void wholeSharesSumToOneHundredAndKeepTheOrder(@ForAll("counts") List<Long> counts) {
        List<Integer> tenths = Shares.tenths(counts);
        Shares.whole(tenths).ifPresent(whole -> {
            assertThat(sumOf(whole)).isEqualTo(100);
            assertThat(keepsOrder(counts, whole)).isTrue();
            for (int at = 0; at < whole.size(); at++) {
                assertThat(Math.abs(10 * whole.get(at) - tenths.get(at))).isLessThan(10);
            }
        });
    }

    @Test
    void threeEqualSharesCannotSumToTheWhole() {
        assertThat(Shares.tenths(List.of(5L, 5L, 5L))).containsExactly(333, 333, 333);
        assertThat(Shares.whole(List.of(333, 333, 333))).isEmpty();
    }

    @Test
    void ofTwoEqualSharesBothAreRoundedUp() {
        assertThat(Shares.tenths(List.of(4L, 1L, 1L))).containsExactly(666, 167, 167);
        assertThat(Shares.whole(List.of(666, 167, 167))).contains(List.of(66, 17, 17));
    }

    @Test
    void theLargestRemainderGetsTheTenthThatIsLeft() {
        assertThat(Shares.tenths(List.of(1L, 2L))).containsExactly(333, 667);
        assertThat(Shares.whole(List.of(333, 667))).contains(List.of(33, 67));
    }

    @Test
    void moreThanCanBeDividedIsRefused() {
        assertThatThrownBy(() -> Shares.tenths(List.of(Long.MAX_VALUE, 1L))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Shares.tenths(List.of(0L, 0L))).isInstanceOf(ArithmeticException.class);
    }

    /** Few votes, so that many counts are equal, or any number of them. */
    @Provide
    Arbitrary<List<Long>> counts() {
        Arbitrary<Long> few = Arbitraries.longs().between(0, 6);
        Arbitrary<Long> some = Arbitraries.longs().between(0, 3_000);
        Arbitrary<Long> many = Arbitraries.longs().between(0, MANY);
        return Arbitraries.of(List.of(few, some, many))
                .flatMap(count -> count.list().ofMinSize(2).ofMaxSize(10))
                .filter(counts -> sum(counts) > 0);
    }

    private static List<Integer> rounded(List<Long> counts, int up) {
        List<Integer> shares = new ArrayList<>();
        for (long count : counts) {
            long tenths = count * 1000;
            boolean isUp = (up >> shares.size() & 1) == 1 && tenths % sum(counts) > 0;
            shares.add((int) (tenths / sum(counts)) + (isUp ? 1 : 0));
        }
        return shares;
    }

    private static boolean keepsOrder(List<Long> counts, List<Integer> shares) {
        for (int one = 0; one < counts.size(); one++) {
            for (int other = 0; other < counts.size(); other++) {
                int difference = shares.get(one) - shares.get(other);
                boolean isWrong = counts.get(one).equals(counts.get(other))
                        ? difference != 0
                        : counts.get(one) > counts.get(other) && difference < 0;
                if (isWrong) {
                    return false;
                }
            }
        }
        return true;
    }

    private static int sumOf(List<Integer> shares) {
        return shares.stream().mapToInt(Integer::intValue).sum();
    }

    private static long sum(List<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).sum();
    }
}
