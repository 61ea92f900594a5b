package org.votingapp.organiser.desk;

import org.votingapp.poll.RoomCode;

/**
 * A room in the list of rooms.
 *
 * @param code its address
 * @param title what people call it; empty for the house room
 * @param polls how many polls are in its list
 * @param open how many of them take votes now
 */
public record RoomLine(RoomCode code, String title, long polls, long open) {

    /** Whether it is the house room. */
    public boolean house() {
        return code.equals(RoomCode.HOUSE);
    }
}
