package org.votingapp.runtime.redis;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version that Redis or Valkey tells of itself.
 *
 * @param version such as {@code 7.0.9}
 */
public record RedisVersion(String version) {

    /** The first with selectors, by which each user has commands on some keys alone. */
    private static final int OLDEST = 7;

    private static final Pattern MAJOR = Pattern.compile("(\\d{1,4})\\..*");

    /** From the answer to {@code HELLO}. */
    public static RedisVersion of(Map<String, Object> hello) {
        return new RedisVersion(String.valueOf(hello.get("version")));
    }

    /** That it is too old, in words; nothing where it is not, or does not tell. */
    public Optional<String> complaint() {
        Matcher major = MAJOR.matcher(version);
        return major.matches() && Integer.parseInt(major.group(1)) < OLDEST
                ? Optional.of("it is Redis %s; 7.0 or newer is needed, or Valkey 8".formatted(version))
                : Optional.empty();
    }
}
