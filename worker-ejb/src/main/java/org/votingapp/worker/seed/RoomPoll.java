package org.votingapp.worker.seed;

import java.time.Instant;
import java.util.Optional;
import org.votingapp.poll.Hours;
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
 * @param archived whether an organiser has put it away: it stays out of its room
 * @param configured the hours that configuration last gave; empty for a poll that an organiser made
 */
public record RoomPoll(
        RegisteredPoll registered,
        ResultsRule results,
        Optional<RoomCode> room,
        Optional<Instant> ballotsDeleted,
        boolean archived,
        Optional<Hours> configured) {}
