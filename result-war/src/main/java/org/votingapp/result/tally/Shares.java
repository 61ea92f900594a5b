package org.votingapp.result.tally;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Percentages of counts, in tenths of a percent that sum to exactly 1000.
 *
 * <p>Method of the largest remainder (Hare quota): each share is rounded down, and the tenths that are left go to the
 * largest remainders, of equal ones to the earlier count. No share is off by a tenth or more. The sum of the counts must
 * not exceed {@link Long#MAX_VALUE} / 1000.
 */
final class Shares {

    private static final int WHOLE = 1000;

    private Shares() {}

    /**
     * The share of each count, in tenths of a percent.
     *
     * @param counts not negative, with a sum above 0
     * @throws ArithmeticException where the sum is 0 or too large
     */
    static List<Integer> tenths(List<Long> counts) {
        long total = counts.stream().reduce(0L, Math::addExact);
        List<Integer> shares = new ArrayList<>();
        long left = WHOLE;
        for (long count : counts) {
            int share = (int) (Math.multiplyExact(count, WHOLE) / total);
            shares.add(share);
            left -= share;
        }
        IntStream.range(0, counts.size())
                .boxed()
                .sorted(Comparator.comparingLong((Integer at) -> counts.get(at) * WHOLE % total)
                        .reversed())
                .limit(left)
                .forEach(at -> shares.set(at, shares.get(at) + 1));
        return List.copyOf(shares);
    }
}
