package org.votingapp.worker.stream;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import redis.clients.jedis.RedisClient;

/** The stream in Redis; all consumers share one client. */
@Singleton
public class RedisBallotStreams implements BallotStreams {

    private final RedisClient redis;

    /** @param redis the client of the worker */
    @Inject
    public RedisBallotStreams(RedisClient redis) {
        this.redis = redis;
    }

    @Override
    public BallotStream consumer(String name) {
        return new RedisBallotStream(redis, name);
    }
}
