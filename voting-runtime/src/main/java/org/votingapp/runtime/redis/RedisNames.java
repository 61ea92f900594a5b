package org.votingapp.runtime.redis;

/**
 * The names of keys, fields and the consumer group in Redis.
 *
 * <p>Every key of a vote carries the hash tag <code>{0}</code>, so that a Redis Cluster keeps all of them on one node (Redis Cluster
 * specification, "Hash tags"). Further partitions would use further tags. The definitions have a tag of their own.
 */
public final class RedisNames {

    /** The stream of pending ballots; an entry is removed once it is recorded. */
    public static final String BALLOTS = "{0}:ballots";
    /** The stream of entries that could not be recorded: each as it came, with the reason and its former id. */
    public static final String REJECTED = "{0}:ballots:rejected";
    /** A hash of counters that survive any server: {@link #ACCEPTED}, {@link #DUPLICATE} and {@link #REJECTED_COUNT}. */
    public static final String COUNTS = "{0}:counts";
    /** A hash poll → version that is published, written together with {@link #poll}. */
    public static final String PUBLISHED = "{0}:published";
    /** A hash of the polls and rooms that vote servers know: see {@link Definitions}. */
    public static final String DEFINITIONS = "polls";
    /** A hash: field of {@link #DEFINITIONS} → its version. */
    public static final String DEFINITION_VERSIONS = "{polls}:versions";
    /** A sorted set: field of {@link #DEFINITIONS} → when it was written last, in microseconds since 1970; no two share one. */
    public static final String DEFINITION_CHANGES = "{polls}:changes";
    /** The consumer group in which the workers share the stream. */
    public static final String GROUP = "recorders";

    /** Field of a ballot's entry: the id of the poll. */
    public static final String POLL = "poll";
    /** Field of a ballot's entry: the voter, as {@link org.votingapp.poll.VoterId} writes it. */
    public static final String VOTER = "voter";
    /** Field of a ballot's entry: the key of the option. */
    public static final String CHOICE = "choice";
    /** Field of a ballot's entry where the voter had voted before: the choice that this one replaces. */
    public static final String REPLACES = "replaces";

    /** Field of a rejected entry: why it could not be recorded. */
    public static final String REASON = "reason";
    /** Field of a rejected entry: its id in the stream of ballots. */
    public static final String SOURCE_ID = "source-id";

    /** Counter: ballots that were put on the stream. */
    public static final String ACCEPTED = "accepted";
    /** Counter: ballots beyond a voter's first one in a poll, whether they changed the choice or not: the voter counts once. */
    public static final String DUPLICATE = "duplicate";
    /** Counter: entries that were moved to {@link #REJECTED}. */
    public static final String REJECTED_COUNT = "rejected";

    private RedisNames() {}

    /** The hash in which the workers publish a poll as it is registered, with its votes: see {@link PollHash}. */
    public static String poll(String pollId) {
        return "{0}:poll:" + pollId;
    }

    /** The hash of a poll's voter codes: see {@link CodeHash}. */
    public static String codes(String pollId) {
        return "{0}:codes:" + pollId;
    }

    /** The hash of a poll that holds voter → choice. */
    public static String voters(String pollId) {
        return "{0}:voters:" + pollId;
    }
}
