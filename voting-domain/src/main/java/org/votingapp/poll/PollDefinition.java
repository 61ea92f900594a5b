package org.votingapp.poll;

import java.util.Optional;
import java.util.UUID;

/**
 * All that vote servers know of a poll, beside what people have voted. Immutable.
 *
 * @param poll its words and rules
 * @param results who sees its result when
 * @param room the room that it is in; empty for the house room's poll
 * @param voterKey makes the pseudonyms by which its ballots name voters; empty for a poll whose ballots carry voters' own ids
 * @param needsCode whether it takes votes with a {@link VoterCode} alone
 */
public record PollDefinition(
        Poll poll, ResultsRule results, Optional<RoomCode> room, Optional<UUID> voterKey, boolean needsCode) {

    /** A poll that takes votes without codes. */
    public PollDefinition(Poll poll, ResultsRule results, Optional<RoomCode> room, Optional<UUID> voterKey) {
        this(poll, results, room, voterKey, false);
    }
}
