package org.votingapp.result.watch;

import org.votingapp.result.tally.ServerSentEvents;

/**
 * The sign of life on a silent stream, which says whether the tally is up to date.
 *
 * <p>It is an event, since browsers keep comments from scripts, and a script is to notice when the signs stop.
 */
enum Heartbeat {
    /** What was sent last is what Postgres holds. */
    LIVE("live"),
    /** Postgres does not answer: what was sent last may be overtaken. */
    BEHIND("behind");

    private final byte[] event;

    Heartbeat(String data) {
        this.event = ServerSentEvents.event("heartbeat", data);
    }

    /** The event; not to be changed. */
    byte[] event() {
        return event;
    }
}
