package org.votingapp.runtime.redis;

import java.time.Duration;
import org.votingapp.runtime.tls.Authorities;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.SslOptions;

/** Opens clients of Redis: address, log-in, TLS, and a limit on every wait and on the number of connections. */
public final class RedisClients {

    private RedisClients() {}

    /**
     * What one server allows its client.
     *
     * @param clientName the connections' name in Redis (Redis, "CLIENT SETNAME")
     * @param connections the most connections
     * @param connect the longest wait for a new connection, and for a free one of the pool
     * @param answer the longest wait for bytes of an answer; longer than any {@code BLOCK}
     * @param pingsFirst whether a connection is tried before each use; else the caller copes with dead ones
     */
    public record Limits(String clientName, int connections, Duration connect, Duration answer, boolean pingsFirst) {}

    /** A client that connects when it is first used, and again when it must. The caller closes it. Thread-safe. */
    public static RedisClient open(RedisAddress address, Limits limits) {
        DefaultJedisClientConfig.Builder client = DefaultJedisClientConfig.builder()
                // Raw replies then have one form, whatever the server's version.
                .protocol(RedisProtocol.RESP2)
                .connectionTimeoutMillis(Math.toIntExact(limits.connect.toMillis()))
                .socketTimeoutMillis(Math.toIntExact(limits.answer.toMillis()))
                .clientName(limits.clientName);
        if (address.tls()) {
            // Jedis verifies the host's name too.
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
                .poolConfig(pool(limits))
                .build();
    }

    private static ConnectionPoolConfig pool(Limits limits) {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(limits.connections);
        pool.setMaxIdle(limits.connections);
        pool.setMaxWait(limits.connect);
        pool.setTestOnBorrow(limits.pingsFirst);
        pool.setTestWhileIdle(false);
        pool.setJmxEnabled(false);
        return pool;
    }
}
