package org.votingapp.result.tally;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Percentages of counts, in tenths of a percent. Equal counts have equal shares, a larger count has no smaller share, and
 * no share is off by a tenth or more.
 *
 * <p>Under these rules each share is rounded down or up. Where that allows a sum of 1000, the sum is 1000, and the largest
 * remainders are rounded up (Hare quota). Where it does not, as for three equal counts, the sum is the nearest to 1000: 999
 * for 333, 333, 333. The sum of the counts must not exceed {@link Long#MAX_VALUE} / 1000.
 */
final class Shares {

    private static final int WHOLE = 1000;

    /** Equal counts: how many there are, their share rounded down, and what rounding cut off one of them, in 1/total. */
    private record Group(int size, int share, long remainder) {}

    private Shares() {}

    /**
     * The share of each count, in tenths of a percent.
     *
     * @param counts at most ten, none negative, with a sum above 0
     * @throws ArithmeticException where the sum is 0 or too large
     */
    static List<Integer> tenths(List<Long> counts) {
        long total = counts.stream().reduce(0L, Math::addExact);
        Math.multiplyExact(total, WHOLE);
        TreeMap<Long, Group> groups = new TreeMap<>(Collections.reverseOrder());
        for (long count : counts) {
            groups.computeIfAbsent(
                    count,
                    key -> new Group(
                            Collections.frequency(counts, key), (int) (key * WHOLE / total), key * WHOLE % total));
        }
        int up = best(List.copyOf(groups.values()));
        List<Long> order = List.copyOf(groups.keySet());
        return counts.stream()
                .map(count -> groups.get(count).share() + (up >> order.indexOf(count) & 1))
                .toList();
    }

    /** Which groups to round up, as bits: of all possible sets the one that leaves least, then has the largest remainders. */
    private static int best(List<Group> groups) {
        int left = WHOLE;
        for (Group group : groups) {
            left -= group.size() * group.share();
        }
        int best = 0;
        int leastOff = left;
        long mostRemainder = 0;
        for (int up = 1; up < 1 << groups.size(); up++) {
            int off = left;
            long remainder = 0;
            for (int at = 0; at < groups.size(); at++) {
                if ((up >> at & 1) == 1) {
                    off -= groups.get(at).size();
                    remainder += groups.get(at).size() * groups.get(at).remainder();
                }
            }
            boolean isBetter = Math.abs(off) < Math.abs(leastOff)
                    || Math.abs(off) == Math.abs(leastOff) && remainder > mostRemainder;
            if (isBetter && isInOrder(groups, up)) {
                best = up;
                leastOff = off;
                mostRemainder = remainder;
            }
        }
        return best;
    }

    /** Whether no share without a remainder is rounded up, and none above a larger count's. Groups begin with the largest. */
    private static boolean isInOrder(List<Group> groups, int up) {
        for (int at = 0; at < groups.size(); at++) {
            if ((up >> at & 1) == 1) {
                boolean overtakes = at > 0
                        && (up >> at - 1 & 1) == 0
                        && groups.get(at - 1).share() == groups.get(at).share();
                if (groups.get(at).remainder() == 0 || overtakes) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * The same shares in whole percents, by the largest remainder.
     *
     * @param tenths shares in tenths of a percent
     * @return empty where equal shares would have to differ for a sum of 100
     */
    static Optional<List<Integer>> whole(List<Integer> tenths) {
        int left = 100;
        for (int share : tenths) {
            left -= share / 10;
        }
        List<Integer> roundedUp = new ArrayList<>();
        List<Integer> byRemainder = tenths.stream()
                .distinct()
                .sorted((one, other) -> one % 10 == other % 10 ? other - one : other % 10 - one % 10)
                .toList();
        for (int share : byRemainder) {
            if (left > 0) {
                roundedUp.add(share);
                left -= Collections.frequency(tenths, share);
            }
        }
        return left != 0
                ? Optional.empty()
                : Optional.of(tenths.stream()
                        .map(share -> share / 10 + (roundedUp.contains(share) ? 1 : 0))
                        .toList());
    }
}
