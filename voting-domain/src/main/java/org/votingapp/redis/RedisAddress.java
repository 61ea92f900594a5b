package org.votingapp.redis;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.votingapp.config.InvalidSettingException;
import org.votingapp.config.Settings;
import org.votingapp.health.StoreAddress;

/**
 * Where Redis is and who we are there, from {@code REDIS_URL}, {@code REDIS_USER} and {@code REDIS_PASSWORD}.
 *
 * <p>The URL is {@code redis://host:port} or, with TLS, {@code rediss://host:port}; a user and a password may stand in
 * it ({@code redis://user:password@host:port}), and the other two settings, which need no escaping, go before them.
 * {@link #toString} never shows the password.
 *
 * @param host the host
 * @param port the port
 * @param tls whether to speak TLS
 * @param user the ACL user, where Redis has users
 * @param password the password, where it has one
 */
public record RedisAddress(String host, int port, boolean tls, Optional<String> user, Optional<String> password) {

    private static final String EXPECTED =
            "redis://host:port or rediss://host:port, such as redis://localhost:6379 (user:password@ may stand before the host)";
    private static final int DEFAULT_PORT = 6379;

    /**
     * The address that the settings give.
     *
     * @throws InvalidSettingException where the URL is not one of Redis; a password in it is not repeated
     */
    public static RedisAddress read(Settings settings) {
        String url = settings.required("redis.url", EXPECTED);
        // Whatever is wrong with it, what stands before the host may hold the password.
        String shown = url.replaceAll("(?s)^([a-z]+://)?.*@", "$1…@");
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException notAUri) {
            throw Settings.invalid("redis.url", shown, EXPECTED);
        }
        boolean tls = "rediss".equals(uri.getScheme());
        boolean path = uri.getPath() != null
                && !uri.getPath().isEmpty()
                && !uri.getPath().equals("/");
        int port = uri.getPort() == -1 ? DEFAULT_PORT : uri.getPort();
        boolean reachable = uri.getHost() != null && port > 0 && port <= 65_535;
        if (!tls && !"redis".equals(uri.getScheme()) || !reachable || path || uri.getQuery() != null) {
            throw Settings.invalid("redis.url", shown, EXPECTED);
        }
        String[] credentials =
                uri.getUserInfo() == null ? new String[0] : uri.getUserInfo().split(":", 2);
        Optional<String> user = settings.optional("redis.user").or(() -> part(credentials, 0));
        Optional<String> password = settings.optional("redis.password").or(() -> part(credentials, 1));
        if (user.isPresent() && password.isEmpty()) {
            // Redis' AUTH has no form for a user alone: we would be the default user, unnoticed.
            throw Settings.invalid("redis.password", "", "the password of REDIS_USER, which is " + user.get());
        }
        return new RedisAddress(uri.getHost(), port, tls, user, password);
    }

    private static Optional<String> part(String[] credentials, int index) {
        return credentials.length > index && !credentials[index].isEmpty()
                ? Optional.of(credentials[index])
                : Optional.empty();
    }

    /** The same for whoever tells why Redis failed. */
    public StoreAddress store() {
        return new StoreAddress("Redis", host, port, user.orElse("default"));
    }

    @Override
    public String toString() {
        return (tls ? "rediss://" : "redis://") + host + ":" + port;
    }
}
