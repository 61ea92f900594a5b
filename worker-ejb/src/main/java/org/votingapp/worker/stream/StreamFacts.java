package org.votingapp.worker.stream;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.votingapp.runtime.redis.RedisNames;
import org.votingapp.runtime.redis.RedisVersion;
import redis.clients.jedis.AbstractTransaction;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;

/** Numbers of the stream, for health and metrics. Each call asks Redis, and throws Jedis' exceptions. Thread-safe. */
@Singleton
public class StreamFacts {

    private final UnifiedJedis redis;

    /** @param redis asked each time */
    @Inject
    public StreamFacts(UnifiedJedis redis) {
        this.redis = redis;
    }

    /** The totals, all read at one moment. */
    public Totals totals() {
        try (AbstractTransaction together = redis.multi()) {
            Response<List<String>> counts = together.hmget(
                    RedisNames.COUNTS, RedisNames.ACCEPTED, RedisNames.DUPLICATE, RedisNames.REJECTED_COUNT);
            Response<Long> waiting = together.xlen(RedisNames.BALLOTS);
            together.exec();
            return new Totals(
                    number(counts.get().get(0)),
                    number(counts.get().get(1)),
                    number(counts.get().get(2)),
                    waiting.get());
        }
    }

    /** Whether no ballot waits: an entry leaves the stream once it is recorded or rejected, not before. */
    public boolean isDrained() {
        return redis.xlen(RedisNames.BALLOTS) == 0;
    }

    private static long number(String counter) {
        return counter == null ? 0 : Long.parseLong(counter);
    }

    /** The version of Redis. */
    public RedisVersion version() {
        return RedisVersion.of(redis.executeCommand(
                new CommandObject<>(new CommandArguments(Command.HELLO), BuilderFactory.ENCODED_OBJECT_MAP)));
    }

    /** The workers' consumer group; empty before the first worker has made it. */
    public Optional<Group> group() {
        if (!redis.exists(RedisNames.BALLOTS)) {
            return Optional.empty();
        }
        Object groups = redis.executeCommand(
                new CommandArguments(Command.XINFO).add("GROUPS").key(RedisNames.BALLOTS));
        return ((List<?>) groups)
                .stream()
                        .map(RawReplies::facts)
                        .filter(group -> RedisNames.GROUP.equals(RawReplies.text(group.get("name"))))
                        .findFirst()
                        .map(group ->
                                new Group((Long) group.get("consumers"), (Long) group.get("pending"), lag(group)));
    }

    private static OptionalLong lag(Map<String, ?> group) {
        // Null where Redis cannot tell.
        return group.get("lag") instanceof Long lag ? OptionalLong.of(lag) : OptionalLong.empty();
    }

    /**
     * Numbers of ballots in the whole system, since its beginning.
     *
     * @param accepted put on the stream
     * @param duplicate beyond a voter's first one in a poll
     * @param rejected moved to the rejected entries
     * @param pending on the stream now
     */
    public record Totals(long accepted, long duplicate, long rejected, long pending) {}

    /**
     * The consumer group.
     *
     * @param consumers how many it has
     * @param pending entries that a consumer has read and not yet acknowledged
     * @param lag entries that no consumer has read, where Redis tells
     */
    public record Group(long consumers, long pending, OptionalLong lag) {}
}
