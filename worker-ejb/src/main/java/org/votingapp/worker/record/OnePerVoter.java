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
 * <p>That is the earliest entry where the first vote is final, and the newest where a vote is changeable.
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
            if (other != null) {
                boolean later = ballot.id().compareTo(other.id()) > 0;
                if (later == (rule.apply(seat.pollId) == RevoteRule.CHANGEABLE)) {
                    chosen.put(seat, ballot);
                }
            }
        }
        return List.copyOf(chosen.values());
    }

    /** A voter in a poll: room for one ballot. */
    private record Seat(String pollId, VoterId voter) {}
}
