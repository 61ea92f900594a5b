package org.votingapp.runtime.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * A Lua script that Redis runs atomically, called by its SHA-1 so that its text travels once (Redis, "EVALSHA").
 *
 * <p>Redis forgets its scripts when it restarts. {@link #run} then sends the text again; callers of {@link #callOn} do so with
 * {@link #loadOn}.
 *
 * @param text the script
 * @param sha1 its name in Redis
 */
public record LuaScript(String text, String sha1) {

    /** The script in this file beside this class, such as {@code cast.lua}. */
    public static LuaScript named(String file) {
        try (InputStream in = LuaScript.class.getResourceAsStream(file)) {
            byte[] text = in.readAllBytes();
            // Redis chose SHA-1; nothing here depends on its strength.
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text);
            return new LuaScript(
                    new String(text, StandardCharsets.UTF_8), HexFormat.of().formatHex(digest));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (NoSuchAlgorithmException impossible) {
            // Every Java platform has SHA-1 (MessageDigest).
            throw new IllegalStateException(impossible);
        }
    }

    /** Runs it now; integers come as {@link Long}. */
    public Object run(UnifiedJedis redis, List<String> keys, List<String> arguments) {
        try {
            return redis.evalsha(sha1, keys, arguments);
        } catch (JedisNoScriptException forgotten) {
            return redis.eval(text, keys, arguments);
        }
    }

    /** Appends a call to a pipeline; the response is an error {@code NOSCRIPT} where Redis does not have the script. */
    public Response<Object> callOn(Pipeline pipeline, List<String> keys, List<String> arguments) {
        return pipeline.evalsha(sha1, keys, arguments);
    }

    /** Appends the script's text to a pipeline; the response is its SHA-1. */
    public Response<String> loadOn(Pipeline pipeline) {
        return pipeline.scriptLoad(text, RedisNames.BALLOTS);
    }
}
