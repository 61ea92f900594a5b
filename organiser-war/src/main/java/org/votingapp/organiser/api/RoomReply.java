package org.votingapp.organiser.api;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.votingapp.organiser.desk.PollView;
import org.votingapp.organiser.desk.RoomView;

/** A room with the ids of its polls, for programs. */
@Schema(name = "Room")
public class RoomReply {

    /** Its address; {@code house} for the house room. */
    public final String code;

    /** What people call it. */
    public final String title;

    /** Whose it is; null where administrators alone steer it. */
    public final String owner;

    /** The ids of its polls, in order. */
    public final List<String> polls;

    /** The ids of those that have left the list. */
    public final List<String> archived;

    /** Whether it has left the list of rooms. */
    public final boolean putAway;

    /** The id of the poll on stage; null where there is none. */
    public final String stage;

    /** How often it has changed; for {@code If-Match}. */
    public final long version;

    RoomReply(RoomView room) {
        code = room.code().value();
        title = room.title();
        owner = room.owner().orElse(null);
        polls = room.polls().stream().map(PollView::id).toList();
        archived = room.archived().stream().map(PollView::id).toList();
        putAway = room.putAway();
        stage = room.polls().stream()
                .filter(PollView::onStage)
                .map(PollView::id)
                .findFirst()
                .orElse(null);
        version = room.version();
    }
}
