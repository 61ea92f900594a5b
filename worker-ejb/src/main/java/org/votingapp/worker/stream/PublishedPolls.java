package org.votingapp.worker.stream;

import static java.util.stream.Collectors.toUnmodifiableMap;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.votingapp.poll.RegisteredPoll;
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
        String id = registered.poll().id();
        List<String> arguments = new ArrayList<>(List.of(id, String.valueOf(version)));
        PollHash.write(registered).forEach((field, value) -> arguments.addAll(List.of(field, value)));
        try {
            return (Long) PUBLISH.run(redis, List.of(RedisNames.poll(id), RedisNames.PUBLISHED), arguments);
        } catch (JedisException failed) {
            throw StoreAwayException.redis(failed);
        }
    }

    /** The published versions by poll; without those that Redis has lost. */
    public Map<String, Long> versions() throws StoreAwayException {
        try {
            return redis.hgetAll(RedisNames.PUBLISHED).entrySet().stream()
                    .collect(toUnmodifiableMap(Map.Entry::getKey, poll -> Long.valueOf(poll.getValue())));
        } catch (JedisException failed) {
            throw StoreAwayException.redis(failed);
        }
    }

    /** The number of ballots for a poll that are not recorded yet; reads the whole stream, a thousand entries at a time. */
    public long waiting(String pollId) throws StoreAwayException {
        try {
            long found = 0;
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
                found += page.stream().filter(entry -> isFor(pollId, entry)).count();
                from = page.isEmpty() ? from : "(" + RawReplies.id(page.get(page.size() - 1));
            } while (page.size() == PAGE);
            return found;
        } catch (JedisException failed) {
            throw StoreAwayException.redis(failed);
        }
    }

    private static boolean isFor(String pollId, Object entry) {
        return RawReplies.fields(RawReplies.list(RawReplies.list(entry).get(1)))
                .contains(new StreamEntry.Field(RedisNames.POLL, pollId));
    }
}
