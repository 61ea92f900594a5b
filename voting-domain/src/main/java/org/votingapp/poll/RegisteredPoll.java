package org.votingapp.poll;

import java.util.Map;

/**
 * A poll as the stores have it, with the votes that people have cast by it. Immutable.
 *
 * @param poll what is registered; its options are all that ever had a vote, whether they are still offered or not
 * @param votes recorded votes by key; a key without votes may be absent
 * @param unrecorded votes that were acknowledged and are not among the recorded ones, for whichever option
 */
public record RegisteredPoll(Poll poll, Map<String, Long> votes, long unrecorded) {

    /** Copies the votes. */
    public RegisteredPoll {
        votes = Map.copyOf(votes);
    }

    /** The same with so many votes that are not recorded. */
    public RegisteredPoll withUnrecorded(long waiting) {
        return new RegisteredPoll(poll, votes, waiting);
    }

    /** The recorded votes for an option. */
    public long votes(String key) {
        return votes.getOrDefault(key, 0L);
    }

    /** All recorded votes. */
    public long recorded() {
        return votes.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Whether anybody may have voted for an option. */
    boolean mayHaveVotes(String key) {
        return votes(key) > 0 || unrecorded > 0;
    }

    /** Whether anybody has voted. */
    boolean hasVotes() {
        return recorded() > 0 || unrecorded > 0;
    }
}
