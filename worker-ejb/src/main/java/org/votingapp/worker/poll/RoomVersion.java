package org.votingapp.worker.poll;

import org.votingapp.poll.RoomCode;

/**
 * How far a room has come, as Postgres had it at one moment.
 *
 * @param code the room
 * @param version counts its changes, from 1
 * @param published the version that Redis was last known to have; 0 for none
 */
public record RoomVersion(RoomCode code, long version, long published) {

    /** Whether Redis is not known to have this version. */
    public boolean isUnpublished() {
        return published < version;
    }
}
