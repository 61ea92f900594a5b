package org.votingapp.worker.file;

import java.util.List;
import java.util.Optional;
import org.votingapp.poll.RoomCode;

/**
 * What a file says about a room. Immutable.
 *
 * @param code its code; empty where it is made once and kept, and the room is known by its title
 * @param title its title
 * @param stage the id of the poll on stage, one of the room's; empty where the file leaves it open
 * @param polls 1 to {@value #MOST_POLLS} polls in their order
 */
public record RoomPlan(Optional<RoomCode> code, String title, Optional<String> stage, List<PollPlan> polls) {

    /** The most polls of a room. */
    public static final int MOST_POLLS = 100;

    /** Copies the polls. */
    public RoomPlan {
        polls = List.copyOf(polls);
    }
}
