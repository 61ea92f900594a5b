package org.votingapp.vote.redis;

import java.time.Duration;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.votingapp.runtime.redis.RedisAddress;
import org.votingapp.runtime.tls.Authorities;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.SslOptions;

/** Opens the vote server's connections to Redis. */
final class RedisConnections {

    private static final int CONNECTIONS = 2;

    private RedisConnections() {}

    /**
     * A client whose every wait is a little shorter than the caller's.
     *
     * @param patience how long a caller waits
     */
    static RedisClient open(RedisAddress address, Duration patience) {
        int milliseconds = (int) (patience.toMillis() * 3 / 4);
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
                .connectionTimeoutMillis(milliseconds)
                .socketTimeoutMillis(milliseconds)
                .clientName("vote");
        if (address.tls()) {
            // It verifies the host's name, too.
            config.sslOptions(SslOptions.builder()
                    .trustStoreType(Authorities.TRUST_STORE_TYPE)
                    .truststore(address.authorities()::trustStore, null)
                    .build());
        }
        address.user().ifPresent(config::user);
        address.password().ifPresent(config::password);
        GenericObjectPoolConfig<Connection> pool = new ConnectionPoolConfig();
        pool.setMaxTotal(CONNECTIONS);
        pool.setMaxIdle(CONNECTIONS);
        pool.setMaxWait(Duration.ofMillis(milliseconds));
        pool.setTestWhileIdle(false);
        return RedisClient.builder()
                .hostAndPort(address.host(), address.port())
                .clientConfig(config.build())
                .poolConfig(pool)
                .build();
    }
}
