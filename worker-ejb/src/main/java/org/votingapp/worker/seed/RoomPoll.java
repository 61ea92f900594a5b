package org.votingapp.worker.seed;

import java.time.Instant;
import java.util.Optional;
import org.votingapp.poll.RegisteredPoll;
import org.votingapp.poll.ResultsRule;
import org.votingapp.poll.RoomCode;

/**
 * A registered poll and where it belongs.
 *
 * @param registered the poll with its votes
 * @param results who sees its result when
 * @param room its room, and the one that it left, which keeps its result; empty for a poll from before there were rooms
 * @param ballotsDeleted since when its ballots are gone, if they are
 */
public record RoomPoll(
        RegisteredPoll registered, ResultsRule results, Optional<RoomCode> room, Optional<Instant> ballotsDeleted) {}
