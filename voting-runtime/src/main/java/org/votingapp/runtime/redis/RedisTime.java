package org.votingapp.runtime.redis;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Builder;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol.Command;

/** Asks Redis for its time (command {@code TIME}), in microseconds: the clock by which {@code cast.lua} decides. */
public final class RedisTime {

    /** The question; its answer is the time. */
    public static final CommandObject<Instant> QUESTION =
            new CommandObject<>(new CommandArguments(Command.TIME), new Builder<>() {
                @Override
                public Instant build(Object reply) {
                    List<String> parts = BuilderFactory.STRING_LIST.build(reply);
                    return Instant.ofEpochSecond(
                            Long.parseLong(parts.get(0)), TimeUnit.MICROSECONDS.toNanos(Long.parseLong(parts.get(1))));
                }
            });

    private RedisTime() {}
}
