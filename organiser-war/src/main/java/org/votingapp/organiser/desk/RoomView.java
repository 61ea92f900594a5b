package org.votingapp.organiser.desk;

import java.util.List;
import java.util.Optional;
import org.votingapp.poll.RoomCode;

/**
 * A room as its organiser sees it. Immutable.
 *
 * @param code its address; {@link RoomCode#HOUSE} for the house room
 * @param title what people call it; empty for the house room
 * @param owner the organiser whose it is; empty where administrators alone steer it
 * @param version how often it has changed
 * @param putAway whether it has left the list of rooms
 * @param polls those in its list, in order
 * @param archived those that have left the list, the newest first
 */
public record RoomView(
        RoomCode code,
        String title,
        Optional<String> owner,
        long version,
        boolean putAway,
        List<PollView> polls,
        List<PollView> archived) {

    /** Copies the polls. */
    public RoomView {
        polls = List.copyOf(polls);
        archived = List.copyOf(archived);
    }

    /** Whether it is the house room. */
    public boolean house() {
        return code.equals(RoomCode.HOUSE);
    }
}
