package org.votingapp.result.watch;

import org.votingapp.result.follow.RoomBoard;
import org.votingapp.result.tally.ServerSentEvents;

/** The last event of a room's stream: another poll is on stage now. Whoever connects again watches that one. */
final class StageEvent {

    private StageEvent() {}

    /** The event as it is sent: the room, and its poll on stage, or null. */
    static byte[] of(RoomBoard room) {
        String poll = room.stage().map(id -> '"' + id + '"').orElse("null");
        return ServerSentEvents.event("stage", "{\"room\":\"%s\",\"poll\":%s}".formatted(room.code(), poll));
    }
}
