package org.votingapp.worker.seed;

import java.util.Optional;
import org.votingapp.poll.Hours;
import org.votingapp.poll.Poll;
import org.votingapp.poll.ResultsRule;
import org.votingapp.poll.RoomCode;

/**
 * A poll of the file as it must be registered.
 *
 * @param poll the poll, with an organiser's hours where they stand
 * @param configured the hours of the file
 * @param results who sees its result when
 * @param room its room
 * @param position its place among the file's polls of the room, from 0
 * @param registered whether it is registered
 * @param change what is new about it, in a line; empty where nothing is
 */
public record PollSeed(
        Poll poll,
        Hours configured,
        ResultsRule results,
        RoomCode room,
        int position,
        boolean registered,
        Optional<String> change) {}
