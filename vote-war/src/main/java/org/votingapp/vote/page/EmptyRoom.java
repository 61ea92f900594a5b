package org.votingapp.vote.page;

import org.votingapp.poll.Room;

/**
 * What {@code empty-room.xhtml} shows: a room without a poll on stage. Immutable; public for the template alone.
 *
 * @param room the room
 * @param refused whether a vote was refused just now, since its poll has left the stage
 */
public record EmptyRoom(Room room, boolean refused) {

    /** The room's code. */
    public String getCode() {
        return room.code().value();
    }

    /** What people call the room. */
    public String getTitle() {
        return room.title();
    }

    /** Whether a vote was refused just now. */
    public boolean isRefused() {
        return refused;
    }
}
