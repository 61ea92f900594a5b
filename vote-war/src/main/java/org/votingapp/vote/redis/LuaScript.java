package org.votingapp.vote.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.votingapp.runtime.redis.RedisNames;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;

/**
 * A script that Redis runs as one step, called by its SHA-1 so that its text travels once (Redis, "EVALSHA").
 *
 * @param text the script
 * @param sha1 its name in Redis
 */
record LuaScript(String text, String sha1) {

    /** The script in this file beside this class. */
    static LuaScript named(String file) {
        try (InputStream in = LuaScript.class.getResourceAsStream(file)) {
            byte[] text = in.readAllBytes();
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

    /** Calls it; answered with NOSCRIPT where Redis does not have it. */
    Response<Object> callOn(Pipeline pipeline, List<String> keys, List<String> arguments) {
        return pipeline.evalsha(sha1, keys, arguments);
    }

    /** Hands it to Redis; the answer is its SHA-1. */
    Response<String> loadOn(Pipeline pipeline) {
        return pipeline.scriptLoad(text, RedisNames.BALLOTS);
    }
}
