package org.votingapp.worker.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.votingapp.runtime.redis.LuaScript;
import org.votingapp.runtime.redis.RedisNames;
import org.votingapp.worker.store.StoreAwayException;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** The stream of ballots, read as one named consumer of the group {@value RedisNames#GROUP}. {@link RawReplies} reads the replies. */
final class RedisBallotStream implements BallotStream {

    /** How long {@link #unseen} waits for a first entry; the client's socket time-out must be longer. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private static final LuaScript ACKNOWLEDGE = LuaScript.named("acknowledge.lua");
    private static final LuaScript REJECT = LuaScript.named("reject.lua");
    private static final LuaScript FORGET_CONSUMERS = LuaScript.named("forget-consumers.lua");

    private final RedisClient redis;
    private final String consumer;

    /**
     * @param redis a client that speaks RESP2, shared or not
     * @param consumer names this consumer
     */
    RedisBallotStream(RedisClient redis, String consumer) {
        this.redis = redis;
        this.consumer = consumer;
    }

    @Override
    public Delivery unseen(int most) throws StoreAwayException {
        // Not marked as blocking: Jedis would then wait for ever if Redis hangs. The socket's time-out ends the wait.
        return withGroup(
                Delivery.NONE,
                () -> RawReplies.delivery(redis.executeCommand(read(most)
                        .add("BLOCK")
                        .add(LONGEST_WAIT.toMillis())
                        .add("STREAMS")
                        .key(RedisNames.BALLOTS)
                        .add(">"))));
    }

    @Override
    public Delivery pending(EntryId after, int most) throws StoreAwayException {
        return withGroup(
                Delivery.NONE,
                () -> RawReplies.delivery(redis.executeCommand(
                        read(most).add("STREAMS").key(RedisNames.BALLOTS).add(after.toString()))));
    }

    private CommandArguments read(int most) {
        return new CommandArguments(Command.XREADGROUP)
                .add("GROUP")
                .add(RedisNames.GROUP)
                .add(consumer)
                .add("COUNT")
                .add(most);
    }

    @Override
    public Claim claim(EntryId from, Duration idle, int most) throws StoreAwayException {
        // JUSTID, because the loop reads the entries as pending ones afterwards.
        return withGroup(
                new Claim(EntryId.ZERO, List.of()),
                () -> RawReplies.claim(redis.executeCommand(new CommandArguments(Command.XAUTOCLAIM)
                        .key(RedisNames.BALLOTS)
                        .add(RedisNames.GROUP)
                        .add(consumer)
                        .add(idle.toMillis())
                        .add(from.toString())
                        .add("COUNT")
                        .add(most)
                        .add("JUSTID"))));
    }

    @Override
    public void acknowledge(List<EntryId> recorded, List<EntryId> duplicates) throws StoreAwayException {
        List<String> arguments = new ArrayList<>(2 + recorded.size() + duplicates.size());
        arguments.add(RedisNames.GROUP);
        arguments.add(RedisNames.DUPLICATE);
        arguments.add(String.valueOf(duplicates.size()));
        duplicates.forEach(id -> arguments.add(id.toString()));
        recorded.forEach(id -> arguments.add(id.toString()));
        call(() -> ACKNOWLEDGE.run(redis, List.of(RedisNames.BALLOTS, RedisNames.COUNTS), arguments));
    }

    @Override
    public int reject(List<Rejection> rejections) throws StoreAwayException {
        List<String> arguments = new ArrayList<>(
                List.of(RedisNames.GROUP, RedisNames.REJECTED_COUNT, RedisNames.REASON, RedisNames.SOURCE_ID));
        rejections.forEach(rejection -> {
            arguments.add(rejection.id().toString());
            arguments.add(rejection.reason());
        });
        List<String> keys = List.of(RedisNames.BALLOTS, RedisNames.REJECTED, RedisNames.COUNTS);
        return Math.toIntExact((Long) call(() -> REJECT.run(redis, keys, arguments)));
    }

    @Override
    public void forgetConsumers(Duration idle) throws StoreAwayException {
        List<String> arguments = List.of(RedisNames.GROUP, consumer, String.valueOf(idle.toMillis()));
        withGroup(0L, () -> FORGET_CONSUMERS.run(redis, List.of(RedisNames.BALLOTS), arguments));
    }

    /** Runs a command that needs the group. Where the group is missing, makes it and returns {@code nothing}. */
    private <T> T withGroup(T nothing, Supplier<T> command) throws StoreAwayException {
        try {
            return command.get();
        } catch (JedisDataException refused) {
            if (isGroupMissing(refused)) {
                makeGroup();
                return nothing;
            }
            throw away(refused);
        } catch (JedisException failed) {
            throw away(failed);
        }
    }

    private static boolean isGroupMissing(JedisDataException refused) {
        // UNBLOCKED: the stream was deleted while we waited. A script wraps NOGROUP in a message of its own.
        String message = String.valueOf(refused.getMessage());
        return message.contains("NOGROUP") || message.startsWith("UNBLOCKED") || message.contains("no such key");
    }

    private void makeGroup() throws StoreAwayException {
        call(() -> {
            try {
                return redis.xgroupCreate(RedisNames.BALLOTS, RedisNames.GROUP, new StreamEntryID(0, 0), true);
            } catch (JedisDataException refused) {
                if (String.valueOf(refused.getMessage()).startsWith("BUSYGROUP")) {
                    return "another worker made it";
                }
                throw refused;
            }
        });
    }

    private <T> T call(Supplier<T> command) throws StoreAwayException {
        try {
            return command.get();
        } catch (JedisException failed) {
            throw away(failed);
        }
    }

    private StoreAwayException away(JedisException failed) {
        String message = String.valueOf(failed.getMessage());
        // A script wraps it in a message of its own.
        if (message.contains("READONLY")) {
            // After a failover the connections still lead to the old primary, and Jedis keeps them; new ones find the
            // new
            // primary.
            redis.getPool().clear();
        }
        return StoreAwayException.redis(failed);
    }
}
