package org.votingapp.worker.file;

import java.util.List;

/**
 * What a file says about rooms and polls. Immutable.
 *
 * <p>Codes differ from each other, and so do the ids of all polls, the titles of rooms without a code, and the questions of polls
 * without an id within a room.
 *
 * @param rooms the rooms in their order; at most {@value #MOST_ROOMS}, with {@value #MOST_POLLS} polls together
 */
public record PollsFile(List<RoomPlan> rooms) {

    /** The most rooms of a file. */
    public static final int MOST_ROOMS = 1_000;
    /** The most polls of a file. */
    public static final int MOST_POLLS = 10_000;

    /** A file that says nothing, as where there is none. */
    public static final PollsFile EMPTY = new PollsFile(List.of());

    /** Copies the rooms. */
    public PollsFile {
        rooms = List.copyOf(rooms);
    }
}
