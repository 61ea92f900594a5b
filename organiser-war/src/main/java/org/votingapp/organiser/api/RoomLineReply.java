package org.votingapp.organiser.api;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.votingapp.organiser.desk.RoomLine;

/** A room in a list, for programs. */
@Schema(name = "RoomLine")
public class RoomLineReply {

    /** Its address; {@code house} for the house room. */
    public final String code;

    /** What people call it. */
    public final String title;

    /** How many polls are in its list. */
    public final long polls;

    /** How many of them take votes now. */
    public final long open;

    RoomLineReply(RoomLine room) {
        code = room.code().value();
        title = room.title();
        polls = room.polls();
        open = room.open();
    }
}
