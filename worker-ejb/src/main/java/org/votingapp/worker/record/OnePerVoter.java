package org.votingapp.worker.record;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.votingapp.poll.RevoteRule;
import org.votingapp.poll.VoterId;

/**
 * Chooses one ballot of each voter in each poll, because one SQL statement can insert or update a row only once.
 *
 * <p>That is the newest entry where a vote is changeable. Where the first vote is final, it is the newest that replaced a choice
 * when it was cast, since votes were changeable then, and otherwise the earliest.
 */
final class OnePerVoter {

    private OnePerVoter() {}

    /**
     * The chosen ones.
     *
     * @param ballots ballots in any order
     * @param rule the rule of a poll, by its id
     */
    static List<ReceivedBallot> of(Collection<ReceivedBallot> ballots, Function<String, RevoteRule> rule) {
        Map<Seat, ReceivedBallot> chosen = new LinkedHashMap<>();
        for (ReceivedBallot ballot : ballots) {
            Seat seat = new Seat(ballot.ballot().pollId(), ballot.ballot().voter());
            ReceivedBallot other = chosen.putIfAbsent(seat, ballot);
            if (other != null && stands(ballot, other, rule.apply(seat.pollId))) {
                chosen.put(seat, ballot);
            }
        }
        return List.copyOf(chosen.values());
    }

    /** Whether a ballot stands instead of another one of its voter. */
    private static boolean stands(ReceivedBallot ballot, ReceivedBallot other, RevoteRule rule) {
        boolean replaces = ballot.replaces().isPresent();
        boolean later = ballot.id().compareTo(other.id()) > 0;
        if (rule == RevoteRule.CHANGEABLE) {
            return later;
        }
        return replaces == other.replaces().isPresent() ? later == replaces : replaces;
    }

    /** A voter in a poll: room for one ballot. */
    private record Seat(String pollId, VoterId voter) {}
}
