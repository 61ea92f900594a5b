package org.votingapp.vote.page;

import java.util.Optional;
import org.votingapp.poll.Room;
import org.votingapp.poll.RoomCode;
import org.votingapp.vote.casting.OfferedPoll;

/**
 * Where people vote: a room, with the poll that is on stage there.
 *
 * @param room the room; empty for the house room
 * @param offered the poll
 */
record VotingPlace(Optional<Room> room, OfferedPoll offered) {

    /** The room's code; empty for the house room. */
    String code() {
        return room.map(Room::code).map(RoomCode::value).orElse("");
    }

    /** The page's address, relative to itself (RFC 9110, section 10.2.2): a proxy may have put it below a path. */
    String page() {
        return "./" + code();
    }
}
