package org.votingapp.vote.voter;

import java.util.Optional;
import org.votingapp.poll.Poll;
import org.votingapp.poll.RevoteRule;
import org.votingapp.poll.VoterId;

/**
 * A voter whose browser sent a genuine cookie, or was just given one.
 *
 * @param receipts the voter, and the genuine receipts
 * @param current whether the browser sends the cookie that it would get now, and no other voter's
 */
public record KnownVoter(Receipts receipts, boolean current) {

    /** The voter. */
    public VoterId id() {
        return receipts.voter();
    }

    /** The choice on record by the receipt of this poll; empty where choices may change, since it may be outdated. */
    public Optional<String> onRecord(Poll poll) {
        return poll.revote() == RevoteRule.FINAL ? receipts.choiceIn(poll.id()) : Optional.empty();
    }
}
