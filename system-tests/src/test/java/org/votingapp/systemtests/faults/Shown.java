package org.votingapp.systemtests.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.votingapp.poll.RevoteRule;

/**
 * Compares each number in a view with the tally that is committed afterwards, and with what the view showed before.
 *
 * <p>A number above the committed one was shown too early. If votes are final, no number falls; if choices may change, the
 * total does not. Not thread-safe.
 */
final class Shown {

    private final RevoteRule rule;
    private final Map<String, Map<String, Long>> before = new HashMap<>();

    Shown(RevoteRule rule) {
        this.rule = rule;
    }

    /** The violation in what a view shows next, if any. */
    List<String> violations(String view, Map<String, Long> votes, Map<String, Long> committed) {
        List<String> violations = new ArrayList<>();
        if (isBeyond(votes, committed)) {
            violations.add("%s shows %s, and committed was %s".formatted(view, votes, committed));
        }
        Map<String, Long> former = before.put(view, votes);
        if (former != null && isBeyond(former, votes)) {
            violations.add("%s shows %s after %s".formatted(view, votes, former));
        }
        return violations;
    }

    /** Whether a number of one tally is greater than the other's and must not be. */
    private boolean isBeyond(Map<String, Long> votes, Map<String, Long> others) {
        return total(votes) > total(others)
                || rule == RevoteRule.FINAL
                        && votes.entrySet().stream()
                                .anyMatch(option -> option.getValue() > others.getOrDefault(option.getKey(), 0L));
    }

    private static long total(Map<String, Long> votes) {
        return votes.values().stream().mapToLong(Long::longValue).sum();
    }
}
