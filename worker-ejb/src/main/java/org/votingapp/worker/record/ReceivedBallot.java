package org.votingapp.worker.record;

import java.util.Optional;
import org.votingapp.poll.Ballot;
import org.votingapp.worker.stream.EntryId;

/**
 * A ballot and the entry that brought it.
 *
 * @param id the entry
 * @param ballot the ballot, of a poll and an option that exist
 * @param replaces the voter's choice on record when the ballot was cast; the voter was told that this one counts instead
 */
public record ReceivedBallot(EntryId id, Ballot ballot, Optional<String> replaces) {

    /** A voter's first ballot in a poll. Servers of an earlier release write later ones like it, too. */
    public ReceivedBallot(EntryId id, Ballot ballot) {
        this(id, ballot, Optional.empty());
    }
}
