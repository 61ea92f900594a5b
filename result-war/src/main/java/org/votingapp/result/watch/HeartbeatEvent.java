package org.votingapp.result.watch;

import org.votingapp.result.follow.TallyBoard;
import org.votingapp.result.tally.ServerSentEvents;

/**
 * The event on a stream without new tallies: says that the stream lives and whether the tally is fresh.
 *
 * <p>It is an event and not a comment, since a browser hides comments from scripts, and the page's script must notice when
 * heartbeats stop.
 */
enum HeartbeatEvent {
    /** The last tally that was sent is what Postgres holds. */
    LIVE("live"),
    /** Postgres does not answer, so there may be newer votes. */
    BEHIND("behind");

    private final byte[] bytes;

    HeartbeatEvent(String data) {
        this.bytes = ServerSentEvents.event("heartbeat", data);
    }

    /** The one for a stream of this board. */
    static HeartbeatEvent of(TallyBoard board) {
        return board.isFresh() ? LIVE : BEHIND;
    }

    /** The event as it is sent; not to be changed. */
    byte[] bytes() {
        return bytes;
    }
}
