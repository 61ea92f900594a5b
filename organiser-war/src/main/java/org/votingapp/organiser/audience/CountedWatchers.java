package org.votingapp.organiser.audience;

import java.util.List;
import java.util.OptionalLong;

/**
 * Those who watch a poll's result: open event streams, as the result servers that answered count them. Immutable.
 *
 * @param watchers the sum of the answers
 * @param complete whether every server answered; if not, at least so many watch
 */
public record CountedWatchers(long watchers, boolean complete) {

    /** No server answered. */
    static final CountedWatchers UNKNOWN = new CountedWatchers(0, false);

    /** The sum of these answers, empty where a server gave none. */
    static CountedWatchers of(List<OptionalLong> answers, boolean allWereAsked) {
        return new CountedWatchers(
                answers.stream().flatMapToLong(OptionalLong::stream).sum(),
                allWereAsked && !answers.isEmpty() && answers.stream().allMatch(OptionalLong::isPresent));
    }

    /** Whether it says anything; "at least none" does not. */
    public boolean known() {
        return complete || watchers > 0;
    }
}
