package org.votingapp.worker.seed;

import java.util.List;
import org.votingapp.poll.Room;

/**
 * The rooms and polls that are registered. Immutable.
 *
 * @param rooms all but the house room
 * @param polls all polls, those of the house room included
 */
public record RegisteredRooms(List<Room> rooms, List<RoomPoll> polls) {

    /** Copies the lists. */
    public RegisteredRooms {
        rooms = List.copyOf(rooms);
        polls = List.copyOf(polls);
    }
}
