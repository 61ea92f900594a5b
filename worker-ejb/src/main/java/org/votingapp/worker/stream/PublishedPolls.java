package org.votingapp.worker.stream;

import static java.util.stream.Collectors.toUnmodifiableMap;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.votingapp.poll.PollDefinition;
import org.votingapp.poll.RegisteredPoll;
import org.votingapp.poll.Room;
import org.votingapp.runtime.redis.Definitions;
import org.votingapp.runtime.redis.LuaScript;
import org.votingapp.runtime.redis.PollHash;
import org.votingapp.runtime.redis.RedisNames;
import org.votingapp.worker.store.StoreAwayException;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/** Publishes polls to the vote servers through Redis, and counts a poll's ballots that are not recorded yet. Thread-safe. */
@Singleton
public class PublishedPolls {

    private static final int PAGE = 1_000;
    private static final LuaScript PUBLISH = LuaScript.named("publish.lua");
    private static final LuaScript DEFINE = LuaScript.named("define.lua");

    private final UnifiedJedis redis;

    /** @param redis the client of the worker */
    @Inject
    public PublishedPolls(UnifiedJedis redis) {
        this.redis = redis;
    }

    /**
     * Publishes a poll in place of an earlier version. Idempotent.
     *
     * @return the version that Redis has now: this one, or a later one, which stays
     */
    public long publish(RegisteredPoll registered, long version) throws StoreAwayException {
        return publish(registered, false, version);
    }

    /**
     * The same for a poll that may take votes with codes alone.
     *
     * @param needsCode whether it does
     */
    public long publish(RegisteredPoll registered, boolean needsCode, long version) throws StoreAwayException {
        String id = registered.poll().id();
        List<String> arguments = new ArrayList<>(List.of(id, String.valueOf(version)));
        PollHash.write(registered, needsCode).forEach((field, value) -> arguments.addAll(List.of(field, value)));
        try {
            return (Long) PUBLISH.run(redis, List.of(RedisNames.poll(id), RedisNames.PUBLISHED), arguments);
        } catch (JedisException failed) {
            throw StoreAwayException.redis(failed);
        }
    }

    /**
     * Publishes what vote servers know of a poll in place of an earlier version. Idempotent.
     *
     * @return the version that Redis has now: this one, or a later one, which stays
     */
    public long define(PollDefinition definition, long version) throws StoreAwayException {
        return define(Definitions.pollField(definition.poll().id()), Definitions.write(definition), version);
    }

    /** The same for a room. */
    public long define(Room room, long version) throws StoreAwayException {
        return define(Definitions.roomField(room.code()), Definitions.write(room), version);
    }

    private long define(String field, String definition, long version) throws StoreAwayException {
        List<String> keys =
                List.of(RedisNames.DEFINITIONS, RedisNames.DEFINITION_VERSIONS, RedisNames.DEFINITION_CHANGES);
        try {
            return (Long) DEFINE.run(redis, keys, List.of(field, String.valueOf(version), definition));
        } catch (JedisException failed) {
            throw StoreAwayException.redis(failed);
        }
    }

    /** The published versions of polls and rooms; without those that Redis has lost. */
    public PublishedVersions versions() throws StoreAwayException {
        return new PublishedVersions(versions(RedisNames.PUBLISHED), versions(RedisNames.DEFINITION_VERSIONS));
    }

    private Map<String, Long> versions(String hash) throws StoreAwayException {
        try {
            return redis.hgetAll(hash).entrySet().stream()
                    .collect(toUnmodifiableMap(Map.Entry::getKey, version -> Long.valueOf(version.getValue())));
        } catch (JedisException failed) {
            throw StoreAwayException.redis(failed);
        }
    }

    /**
     * The number of ballots for each of these polls that are not recorded yet; reads the whole stream, a thousand entries at a
     * time.
     *
     * @return by poll, without those that have none
     */
    public Map<String, Long> waiting(Set<String> pollIds) throws StoreAwayException {
        try {
            Map<String, Long> found = new HashMap<>();
            String from = "-";
            List<?> page;
            do {
                // Read raw: anybody may have put entries there by hand.
                page = RawReplies.list(redis.executeCommand(new CommandArguments(Command.XRANGE)
                        .key(RedisNames.BALLOTS)
                        .add(from)
                        .add("+")
                        .add("COUNT")
                        .add(PAGE)));
                page.stream()
                        .flatMap(PublishedPolls::pollOf)
                        .filter(pollIds::contains)
                        .forEach(poll -> found.merge(poll, 1L, Long::sum));
                from = page.isEmpty() ? from : "(" + RawReplies.id(page.get(page.size() - 1));
            } while (page.size() == PAGE);
            return found;
        } catch (JedisException failed) {
            throw StoreAwayException.redis(failed);
        }
    }

    private static Stream<String> pollOf(Object entry) {
        return RawReplies.fields(RawReplies.list(RawReplies.list(entry).get(1))).stream()
                .filter(field -> field.name().equals(RedisNames.POLL))
                .map(StreamEntry.Field::value)
                .distinct();
    }
}
