package org.votingapp.worker.stream;

import java.util.Map;
import org.votingapp.poll.RoomCode;
import org.votingapp.runtime.redis.Definitions;

/**
 * The versions of polls and rooms that Redis has. Immutable.
 *
 * @param rules by poll, the version of the rules by which casts are decided
 * @param definitions by field of Redis' hash, the version of what vote servers know
 */
public record PublishedVersions(Map<String, Long> rules, Map<String, Long> definitions) {

    /** The version of which Redis has all; 0 where it lacks something. */
    public long completeVersion(String pollId) {
        return Math.min(rules.getOrDefault(pollId, 0L), definition(Definitions.pollField(pollId)));
    }

    /** The latest version of which Redis has something; 0 where it has nothing. */
    public long latestVersion(String pollId) {
        return Math.max(rules.getOrDefault(pollId, 0L), definition(Definitions.pollField(pollId)));
    }

    /** The version of a room; 0 where Redis has none. */
    public long version(RoomCode room) {
        return definition(Definitions.roomField(room));
    }

    private long definition(String field) {
        return definitions.getOrDefault(field, 0L);
    }
}
