package org.votingapp.runtime.redis;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.votingapp.runtime.settings.InvalidSettingException;
import org.votingapp.runtime.settings.Settings;
import org.votingapp.runtime.store.StoreAddress;
import org.votingapp.runtime.tls.Authorities;

/**
 * The address of Redis and our log-in there, from {@code REDIS_URL}, {@code REDIS_USER}, {@code REDIS_PASSWORD} and
 * {@code REDIS_SSLROOTCERT}.
 *
 * <p>The URL is {@code redis://host:port}, or {@code rediss://host:port} for TLS. It may contain a user and a password
 * ({@code redis://user:password@host:port}). {@code REDIS_USER} and {@code REDIS_PASSWORD} override these and need no escaping.
 * {@link #toString} never shows the password.
 *
 * @param host the host
 * @param port the port
 * @param tls whether to speak TLS
 * @param user the ACL user, where one is set
 * @param password the password, where one is set
 * @param authorities those that verify its certificate: Java's, and those of {@code REDIS_SSLROOTCERT}
 */
public record RedisAddress(
        String host, int port, boolean tls, Optional<String> user, Optional<String> password, Authorities authorities) {

    private static final String EXPECTED =
            "redis://host:port or rediss://host:port, such as redis://localhost:6379 (user:password@ may stand before the host)";
    private static final int DEFAULT_PORT = 6379;

    /** An address whose certificate Java's authorities verify. */
    public RedisAddress(String host, int port, boolean tls, Optional<String> user, Optional<String> password) {
        this(host, port, tls, user, password, Authorities.JAVAS);
    }

    /**
     * Reads the address.
     *
     * @throws InvalidSettingException where the URL is not one of Redis, without its password; where the file of authorities has no
     *     certificates
     */
    public static RedisAddress read(Settings settings) {
        String url = settings.required("redis.url", EXPECTED);
        // Even in a malformed URL, the part before "@" may hold the password.
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
            // AUTH has no form for a user alone: we would silently be the default user.
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

    /** The address for messages that tell why Redis failed. */
    public StoreAddress store() {
        return new StoreAddress("Redis", host, port, user.orElse("default"), RedisFailure::words);
    }

    @Override
    public String toString() {
        return (tls ? "rediss://" : "redis://") + host + ":" + port;
    }
}
