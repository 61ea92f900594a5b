package org.votingapp.worker.poll;

import java.util.Optional;
import org.votingapp.poll.Hours;
import org.votingapp.poll.PollDefinition;
import org.votingapp.poll.RegisteredPoll;

/**
 * A poll with its version.
 *
 * @param registered the poll and its votes, no older than the version
 * @param definition what vote servers know of it, likewise
 * @param version counts its changes, from 1
 * @param configured the hours that configuration last gave; empty where it gave none
 */
public record StoredPoll(
        RegisteredPoll registered, PollDefinition definition, long version, Optional<Hours> configured) {}
