package org.votingapp.runtime.settings;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The setting {@code TRUSTED_PROXIES}: a regular expression of the addresses of peers whose {@code X-Forwarded-For} and
 * {@code X-Forwarded-Proto} are believed. The server reads it; here it is only checked.
 */
public final class TrustedProxies {

    private static final String EXPECTED =
            "a regular expression that addresses match, such as 10\\.244\\..* (not a network 10.244.0.0/16)";

    private TrustedProxies() {}

    /**
     * Makes sure that it can match an address, since one that cannot would make all voters behind the proxy one address.
     *
     * @throws InvalidSettingException where it is no regular expression, a network in the notation with a slash, or what stands in
     *     the production overlay for a value that only the operator knows
     */
    public static void check(Settings settings) {
        settings.optional("trusted.proxies").ifPresent(value -> {
            // No address has a slash, nor begins so.
            if (value.contains("/") || value.startsWith("<")) {
                throw Settings.invalid("trusted.proxies", value, EXPECTED);
            }
            try {
                Pattern.compile(value);
            } catch (PatternSyntaxException malformed) {
                throw Settings.invalid("trusted.proxies", value, EXPECTED);
            }
        });
    }
}
