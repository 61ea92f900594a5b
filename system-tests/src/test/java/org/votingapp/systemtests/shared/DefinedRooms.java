package org.votingapp.systemtests.shared;

import java.util.List;
import org.votingapp.poll.Room;
import org.votingapp.runtime.redis.Definitions;
import org.votingapp.runtime.redis.LuaScript;
import org.votingapp.runtime.redis.RedisNames;
import org.votingapp.stack.LocalStack;
import redis.clients.jedis.Jedis;

/** Rooms that vote servers know from Redis alone, as a worker would publish them. */
public final class DefinedRooms {

    private static final LuaScript DEFINE = LuaScript.named("define.lua");

    private DefinedRooms() {}

    /** Publishes a room that no worker knows. Vote servers know it within seconds, and for good. */
    public static void define(LocalStack stack, Room room) {
        try (Jedis redis = stack.redis().connect()) {
            redis.eval(
                    DEFINE.text(),
                    List.of(RedisNames.DEFINITIONS, RedisNames.DEFINITION_VERSIONS, RedisNames.DEFINITION_CHANGES),
                    List.of(Definitions.roomField(room.code()), "1", Definitions.write(room)));
        }
    }
}
