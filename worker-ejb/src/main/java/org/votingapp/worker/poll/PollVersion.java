package org.votingapp.worker.poll;

import java.time.Instant;
import java.util.Optional;

/**
 * How far a poll has come, as Postgres had it at one moment.
 *
 * @param id its id
 * @param version counts its changes, from 1
 * @param published the version that Redis was last known to have; 0 for none
 * @param closes when it closes, if ever
 * @param isFinal whether its result is final
 * @param codesAwaited whether it needs codes, and Redis is not known to have been told so
 */
public record PollVersion(
        String id, long version, long published, Optional<Instant> closes, boolean isFinal, boolean codesAwaited) {

    /** Whether Redis is not known to have this version. */
    public boolean isUnpublished() {
        return published < version;
    }
}
