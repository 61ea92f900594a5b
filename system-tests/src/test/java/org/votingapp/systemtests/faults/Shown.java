package org.votingapp.systemtests.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.votingapp.poll.RevoteRule;

/**
 * Compares what views show with what was committed when asked after that, and with what they showed before.
 *
 * <p>Where votes are final no number falls; where choices may change the number of all votes does not. So a greater one was
 * shown too early, and one that falls was too great. Not thread-safe.
 */
final class Shown {

    private final RevoteRule rule;
    private final Map<String, Map<String, Long>> before = new HashMap<>();

    Shown(RevoteRule rule) {
        this.rule = rule;
    }

    /** What is wrong with what a view shows next; empty where all is well. */
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

    /** Whether a number of the one is greater than of the other and must not be. */
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
