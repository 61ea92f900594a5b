package org.votingapp.worker.stream;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.votingapp.runtime.redis.RedisAddress;
import org.votingapp.runtime.redis.RedisClients;
import org.votingapp.worker.config.WorkerSettings;
import redis.clients.jedis.RedisClient;

/** Produces the one client of Redis that the whole worker shares. */
@Dependent
class RedisClientProducer {

    private static final Duration CONNECT = Duration.ofSeconds(2);
    /** Longer than a read waits for entries, and long enough for an answer of 2,000 of them. */
    private static final Duration ANSWER = RedisBallotStream.LONGEST_WAIT.plusSeconds(4);
    /** Besides one a loop: for health and metrics. */
    private static final int SPARE_CONNECTIONS = 3;
    /**
     * Redis or a firewall may have closed an idle connection. One PING for thousands of ballots costs nothing; repeating a
     * command would: entries in a lost answer to XREADGROUP are pending.
     */
    private static final boolean PINGS_FIRST = true;

    @Produces
    @Singleton
    RedisClient redis(RedisAddress address, WorkerSettings settings) {
        return RedisClients.open(
                address,
                new RedisClients.Limits(
                        "voting-worker", settings.loops() + SPARE_CONNECTIONS, CONNECT, ANSWER, PINGS_FIRST));
    }

    void close(@Disposes RedisClient redis) {
        redis.close();
    }
}
