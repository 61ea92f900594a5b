package org.votingapp.worker.stream;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.votingapp.runtime.redis.RedisAddress;
import org.votingapp.runtime.tls.Authorities;
import org.votingapp.worker.config.WorkerSettings;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.SslOptions;

/** Gives the client of Redis that the whole worker shares; it connects when it is first used, and anew when it must. */
@Dependent
class RedisClientProducer {

    private static final Duration CONNECT = Duration.ofSeconds(2);
    /** Longer than a read waits for entries, and long enough for a reply of 2,000 of them. */
    private static final Duration ANSWER = RedisBallotStream.LONGEST_WAIT.plusSeconds(4);
    /** Besides one for each loop: health, metrics. */
    private static final int SPARE_CONNECTIONS = 3;

    @Produces
    @Singleton
    RedisClient redis(RedisAddress address, WorkerSettings settings) {
        GenericObjectPoolConfig<Connection> pool = new GenericObjectPoolConfig<>();
        pool.setMaxTotal(settings.loops() + SPARE_CONNECTIONS);
        pool.setMaxIdle(settings.loops() + SPARE_CONNECTIONS);
        pool.setMaxWait(CONNECT);
        // Redis or a firewall may have closed an idle connection. One PING for thousands of ballots costs nothing;
        // repeating
        // a command would: what a lost reply to XREADGROUP held is pending.
        pool.setTestOnBorrow(true);
        pool.setJmxEnabled(false);
        DefaultJedisClientConfig.Builder client = DefaultJedisClientConfig.builder()
                // Raw replies are read in one form.
                .protocol(RedisProtocol.RESP2)
                .connectionTimeoutMillis(Math.toIntExact(CONNECT.toMillis()))
                .socketTimeoutMillis(Math.toIntExact(ANSWER.toMillis()))
                .clientName("voting-worker");
        if (address.tls()) {
            // It verifies the host's name, too.
            client.sslOptions(SslOptions.builder()
                    .trustStoreType(Authorities.TRUST_STORE_TYPE)
                    .truststore(address.authorities()::trustStore, null)
                    .build());
        }
        address.user().ifPresent(client::user);
        address.password().ifPresent(client::password);
        return RedisClient.builder()
                .hostAndPort(address.host(), address.port())
                .clientConfig(client.build())
                .poolConfig(pool)
                .build();
    }

    void close(@Disposes RedisClient redis) {
        redis.close();
    }
}
