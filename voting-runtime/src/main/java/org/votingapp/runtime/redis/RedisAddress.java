package org.votingapp.runtime.redis;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.votingapp.runtime.settings.InvalidSettingException;
import org.votingapp.runtime.settings.Settings;
import org.votingapp.runtime.store.StoreAddress;
import org.votingapp.runtime.tls.Authorities;

/**
 * Where Redis is and who we are there, from {@code REDIS_URL}, {@code REDIS_USER}, {@code REDIS_PASSWORD} and
 * {@code REDIS_SSLROOTCERT}.
 *
 * <p>The URL is {@code redis://host:port} or, with TLS, {@code rediss://host:port}; a user and a password may stand in
 * it ({@code redis://user:password@host:port}), and the other two settings, which need no escaping, go before them.
 * {@link #toString} never shows the password. Whoever speaks TLS verifies the host's name.
 *
 * @param host the host
 * @param port the port
 * @param tls whether to speak TLS
 * @param user the ACL user, where Redis has users
 * @param password the password, where it has one
 * @param authorities by which its certificate is verified: those of Java, and those of {@code REDIS_SSLROOTCERT} beside them
 */
public record RedisAddress(
        String host, int port, boolean tls, Optional<String> user, Optional<String> password, Authorities authorities) {

    private static final String EXPECTED =
            "redis://host:port or rediss://host:port, such as redis://localhost:6379 (user:password@ may stand before the host)";
    private static final int DEFAULT_PORT = 6379;

    /** An address whose certificate is verified by the authorities of Java. */
    public RedisAddress(String host, int port, boolean tls, Optional<String> user, Optional<String> password) {
        this(host, port, tls, user, password, Authorities.JAVAS);
    }

    /**
     * The address that the settings give.
     *
     * @throws InvalidSettingException where the URL is not one of Redis, and a password in it is not repeated; where there are
     *     no certificates in the file of authorities
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
        return new RedisAddress(uri.getHost(), port, tls, user, password, authorities(settings));
    }

    private static Authorities authorities(Settings settings) {
        return settings.optional("redis.sslrootcert")
                .filter(file -> !file.equals(Authorities.SYSTEM))
                .map(file -> new Authorities(Authorities.inFile("redis.sslrootcert", file), true))
                .orElse(Authorities.JAVAS);
    }

    private static Optional<String> part(String[] credentials, int index) {
        return credentials.length > index && !credentials[index].isEmpty()
                ? Optional.of(credentials[index])
                : Optional.empty();
    }

    /** The same for whoever tells why Redis failed. */
    public StoreAddress store() {
        return new StoreAddress("Redis", host, port, user.orElse("default"), RedisFailure::words);
    }

    @Override
    public String toString() {
        return (tls ? "rediss://" : "redis://") + host + ":" + port;
    }
}
