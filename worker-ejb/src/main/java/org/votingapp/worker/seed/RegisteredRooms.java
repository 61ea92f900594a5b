package org.votingapp.worker.seed;

import java.util.List;
import java.util.Set;
import org.votingapp.poll.Room;
import org.votingapp.poll.RoomCode;

/**
 * The rooms and polls that are registered. Immutable.
 *
 * @param rooms all but the house room, deleted ones included
 * @param owned the codes of those that organisers made
 * @param polls all polls, those of the house room included
 */
public record RegisteredRooms(List<Room> rooms, Set<RoomCode> owned, List<RoomPoll> polls) {

    /** Copies the collections. */
    public RegisteredRooms {
        rooms = List.copyOf(rooms);
        owned = Set.copyOf(owned);
        polls = List.copyOf(polls);
    }
}
