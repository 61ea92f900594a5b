package org.votingapp.vote.voter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.votingapp.poll.VoterId;

/**
 * A voter's receipts, which one cookie holds: at most {@value #MOST}, and at most {@value #LONGEST} characters with the
 * signature, so that headers stay small. The oldest go first. A missing receipt costs a look-up, never a second vote.
 *
 * <p>Immutable.
 *
 * @param voter whose
 * @param newestFirst one for each poll
 */
public record Receipts(VoterId voter, List<Receipt> newestFirst) {

    static final int MOST = 32;
    static final int LONGEST = 2_000;

    /** Copies the list. */
    public Receipts {
        newestFirst = List.copyOf(newestFirst);
    }

    static Receipts none(VoterId voter) {
        return new Receipts(voter, List.of());
    }

    /** The choice that the receipt of this poll tells. */
    public Optional<String> choiceIn(String pollId) {
        for (Receipt receipt : newestFirst) {
            if (receipt.pollId().equals(pollId)) {
                return Optional.of(receipt.choice());
            }
        }
        return Optional.empty();
    }

    /** These and a new one, without an older one of its poll and those for which there is no room. */
    Receipts with(Receipt newest) {
        List<Receipt> kept = new ArrayList<>();
        kept.add(newest);
        int length = VoterSigner.LENGTH_WITHOUT_RECEIPTS + lengthOf(newest);
        for (Receipt older : newestFirst) {
            if (!older.pollId().equals(newest.pollId())) {
                length += lengthOf(older);
                if (kept.size() == MOST || length > LONGEST) {
                    break;
                }
                kept.add(older);
            }
        }
        return new Receipts(voter, kept);
    }

    /** With the two dots behind them. */
    private static int lengthOf(Receipt receipt) {
        return receipt.choice().length() + receipt.pollId().length() + 2;
    }
}
