package org.votingapp.worker.seed;

import java.util.Optional;
import org.votingapp.poll.Poll;
import org.votingapp.poll.ResultsRule;
import org.votingapp.poll.RoomCode;

/**
 * A poll of the file as it must be registered.
 *
 * @param poll the poll
 * @param results who sees its result when
 * @param room its room
 * @param position its place among the polls of the room, from 0
 * @param registered whether it is registered
 * @param change what is new about it, in a line; empty where nothing is
 */
public record PollSeed(
        Poll poll, ResultsRule results, RoomCode room, int position, boolean registered, Optional<String> change) {}
