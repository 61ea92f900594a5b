package org.votingapp.worker.record;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.votingapp.poll.RevoteRule;
import org.votingapp.poll.VoterId;

/**
 * Ballots with one at most for each voter in a poll, which is what one SQL statement can take.
 *
 * @param standing the ballots to store: of a voter in a poll the earliest entry where the first vote is final, and the
 *     newest where it is changeable
 */
public record Batch(List<ReceivedBallot> standing) {

    /** Copies them. */
    public Batch {
        standing = List.copyOf(standing);
    }

    /**
     * Chooses among ballots, which may come in any order.
     *
     * @param rule the rule of a poll, by its id
     */
    public static Batch of(Collection<ReceivedBallot> ballots, Function<String, RevoteRule> rule) {
        Map<Seat, ReceivedBallot> standing = new LinkedHashMap<>();
        for (ReceivedBallot ballot : ballots) {
            Seat seat = new Seat(ballot.ballot().pollId(), ballot.ballot().voter());
            ReceivedBallot other = standing.putIfAbsent(seat, ballot);
            if (other != null) {
                boolean later = ballot.id().compareTo(other.id()) > 0;
                if (later == (rule.apply(seat.pollId) == RevoteRule.CHANGEABLE)) {
                    standing.put(seat, ballot);
                }
            }
        }
        return new Batch(List.copyOf(standing.values()));
    }

    /** Where one ballot has room: a voter in a poll. */
    private record Seat(String pollId, VoterId voter) {}
}
