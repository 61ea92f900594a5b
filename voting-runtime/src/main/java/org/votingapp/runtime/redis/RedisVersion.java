package org.votingapp.runtime.redis;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of a Redis or Valkey server.
 *
 * @param version such as {@code 7.0.9}
 */
public record RedisVersion(String version) {

    /** The first major version with ACL selectors, which limit a user's commands to some keys. */
    private static final int OLDEST = 7;

    private static final Pattern MAJOR = Pattern.compile("(\\d{1,4})\\..*");

    /** From the answer to {@code HELLO}. */
    public static RedisVersion of(Map<String, Object> hello) {
        return new RedisVersion(String.valueOf(hello.get("version")));
    }

    /** A message where the version is too old; empty where it is not, or is unknown. */
    public Optional<String> complaint() {
        Matcher major = MAJOR.matcher(version);
        return major.matches() && Integer.parseInt(major.group(1)) < OLDEST
                ? Optional.of("it is Redis %s; 7.0 or newer is needed, or Valkey 8".formatted(version))
                : Optional.empty();
    }
}
