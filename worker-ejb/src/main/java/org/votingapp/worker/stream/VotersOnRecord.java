package org.votingapp.worker.stream;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.votingapp.runtime.redis.RedisNames;
import org.votingapp.worker.store.StoreAwayException;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/** What Redis remembers of who has voted. Thread-safe. */
@Singleton
public class VotersOnRecord {

    private final UnifiedJedis redis;

    /** @param redis the client of the worker */
    @Inject
    public VotersOnRecord(UnifiedJedis redis) {
        this.redis = redis;
    }

    /** Forgets who has voted in a poll, and its codes. Redis frees the memory in the background (UNLINK), however many they are. */
    public void forget(String pollId) throws StoreAwayException {
        try {
            redis.unlink(RedisNames.voters(pollId));
            redis.unlink(RedisNames.codes(pollId));
        } catch (JedisException failed) {
            throw StoreAwayException.redis(failed);
        }
    }
}
