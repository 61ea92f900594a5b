package org.votingapp.worker.record;

import org.votingapp.poll.Ballot;
import org.votingapp.worker.stream.EntryId;

/**
 * A ballot and the entry that brought it.
 *
 * @param id the entry
 * @param ballot the ballot, of a poll and an option that exist
 */
public record ReceivedBallot(EntryId id, Ballot ballot) {}
