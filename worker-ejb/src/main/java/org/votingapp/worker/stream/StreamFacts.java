package org.votingapp.worker.stream;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.votingapp.runtime.redis.RedisNames;
import org.votingapp.runtime.redis.RedisTime;
import org.votingapp.runtime.redis.RedisVersion;
import redis.clients.jedis.AbstractPipeline;
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

    /** Read raw: its id may be any. */
    private static final CommandObject<Object> OLDEST = new CommandObject<>(
            new CommandArguments(Command.XRANGE)
                    .key(RedisNames.BALLOTS)
                    .add("-")
                    .add("+")
                    .add("COUNT")
                    .add(1),
            BuilderFactory.RAW_OBJECT);

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

    /**
     * The entries that were rejected last, the newest first.
     *
     * @param most so many at most
     */
    public List<RejectedEntry> rejected(int most) {
        Object newest = redis.executeCommand(new CommandObject<>(
                new CommandArguments(Command.XREVRANGE)
                        .key(RedisNames.REJECTED)
                        .add("+")
                        .add("-")
                        .add("COUNT")
                        .add(most),
                BuilderFactory.RAW_OBJECT));
        return RawReplies.list(newest).stream()
                .map(entry -> {
                    List<StreamEntry.Field> fields = RawReplies.fields(
                            RawReplies.list(RawReplies.list(entry).get(1)));
                    return new RejectedEntry(
                            RawReplies.id(entry), field(fields, RedisNames.POLL), field(fields, RedisNames.REASON));
                })
                .toList();
    }

    /** The last field of this name, which is the worker's own; empty where there is none. */
    private static String field(List<StreamEntry.Field> fields, String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .reduce((first, last) -> last)
                .map(StreamEntry.Field::value)
                .orElse("");
    }

    /** What Redis' clock says. */
    public Instant now() {
        return redis.executeCommand(RedisTime.QUESTION);
    }

    /** The voters on record of each of these polls, and then whether no ballot waits. */
    public Voters voters(Collection<String> polls) {
        try (AbstractPipeline together = redis.pipelined()) {
            Map<String, Response<Long>> counts = new LinkedHashMap<>();
            polls.forEach(poll -> counts.put(poll, together.hlen(RedisNames.voters(poll))));
            Response<Long> waiting = together.xlen(RedisNames.BALLOTS);
            together.sync();
            Map<String, Long> voters = new HashMap<>();
            counts.forEach((poll, count) -> voters.put(poll, count.get()));
            return new Voters(voters, waiting.get() == 0);
        }
    }

    /**
     * When a poll was found closed, by Redis' clock and by the rules published there, with no ballot waiting for it; empty where
     * it is not.
     *
     * <p>An entry leaves the stream once it is recorded or rejected, and its id begins with the time when it was cast. So none
     * waits once the oldest entry is from after the poll's end, and from after that end was published: it may have been set in
     * the past.
     *
     * @param closes when the poll closes as it is registered
     */
    public Optional<Instant> drainedAfter(String pollId, Instant closes) {
        try (AbstractTransaction together = redis.multi()) {
            Response<List<String>> published = together.hmget(RedisNames.poll(pollId), "closes", "published-ms");
            Response<Instant> now = together.executeCommand(RedisTime.QUESTION);
            Response<Object> oldest = together.executeCommand(OLDEST);
            together.exec();
            boolean drained = closes.toString().equals(published.get().get(0))
                    && !now.get().isBefore(closes)
                    && isAfter(closes.toEpochMilli(), RawReplies.list(oldest.get()))
                    && isAfter(number(published.get().get(1)), RawReplies.list(oldest.get()));
            return drained ? Optional.of(now.get()) : Optional.empty();
        }
    }

    /** @param oldest the oldest entry, or none */
    private static boolean isAfter(long millis, List<?> oldest) {
        return oldest.isEmpty()
                || Long.compareUnsigned(RawReplies.id(oldest.get(0)).millis(), millis) > 0;
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
     * A rejected entry, without its voter and its choice.
     *
     * @param id among the rejected entries
     * @param poll as the entry named it; empty where it named none
     * @param reason why it could not be recorded
     */
    public record RejectedEntry(EntryId id, String poll, String reason) {}

    /**
     * Who has voted.
     *
     * @param byPoll the number of voters by poll
     * @param nothingWaits whether no ballot waited afterwards
     */
    public record Voters(Map<String, Long> byPoll, boolean nothingWaits) {}

    /**
     * The consumer group.
     *
     * @param consumers how many it has
     * @param pending entries that a consumer has read and not yet acknowledged
     * @param lag entries that no consumer has read, where Redis tells
     */
    public record Group(long consumers, long pending, OptionalLong lag) {}
}
