package org.votingapp.worker.stream;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.votingapp.runtime.redis.CodeHash;
import org.votingapp.runtime.redis.LuaScript;
import org.votingapp.runtime.redis.RedisNames;
import org.votingapp.worker.store.StoreAwayException;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/** Publishes the voter codes of polls to the cast script through Redis. Thread-safe. */
@Singleton
public class PublishedCodes {

    private static final LuaScript CODES = LuaScript.named("codes.lua");
    private static final String MORE_FOLLOW = "";

    private final UnifiedJedis redis;

    /** @param redis the client of the worker */
    @Inject
    public PublishedCodes(UnifiedJedis redis) {
        this.redis = redis;
    }

    /** Which of these batches Redis has whole, revoked or not. */
    public Set<String> have(String pollId, List<String> batches) throws StoreAwayException {
        Set<String> found = new HashSet<>();
        if (batches.isEmpty()) {
            return found;
        }
        try {
            List<String> states = redis.hmget(
                    RedisNames.codes(pollId),
                    batches.stream().map(CodeHash::batch).toArray(String[]::new));
            for (int at = 0; at < batches.size(); at++) {
                if (states.get(at) != null) {
                    found.add(batches.get(at));
                }
            }
            return found;
        } catch (JedisException failed) {
            throw StoreAwayException.redis(failed);
        }
    }

    /** Adds some codes of a batch, which do not count before {@link #complete}. Idempotent. */
    public void add(String pollId, String batch, List<byte[]> hashes) throws StoreAwayException {
        run(pollId, batch, MORE_FOLLOW, hashes);
    }

    /** Lets the codes of a batch count, unless it is revoked. Idempotent. */
    public void complete(String pollId, String batch) throws StoreAwayException {
        run(pollId, batch, CodeHash.IN, List.of());
    }

    /** Revokes a batch for good: no vote is taken with its codes any more. Idempotent. */
    public void revoke(String pollId, String batch) throws StoreAwayException {
        run(pollId, batch, CodeHash.OUT, List.of());
    }

    private void run(String pollId, String batch, String state, List<byte[]> hashes) throws StoreAwayException {
        List<String> arguments = new ArrayList<>(3 + hashes.size());
        arguments.add(CodeHash.batch(batch));
        arguments.add(batch);
        arguments.add(state);
        hashes.forEach(hash -> arguments.add(CodeHash.code(hash)));
        try {
            CODES.run(redis, List.of(RedisNames.codes(pollId)), arguments);
        } catch (JedisException failed) {
            throw StoreAwayException.redis(failed);
        }
    }
}
