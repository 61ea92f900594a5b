package org.votingapp.runtime.settings;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Checks {@code TRUSTED_PROXIES}, a regular expression for the addresses of trusted proxies.
 *
 * <p>Liberty reads the setting itself, and believes {@code X-Forwarded-For} and {@code X-Forwarded-Proto} of these peers only.
 */
public final class TrustedProxies {

    private static final String EXPECTED =
            "a regular expression that addresses match, such as 10\\.244\\..* (not a network 10.244.0.0/16)";

    private TrustedProxies() {}

    /**
     * Checks that the expression can match an address. Otherwise all voters behind the proxy would share the proxy's address.
     *
     * @throws InvalidSettingException where the value is not a regular expression, is a network in CIDR notation, or is the
     *     placeholder of the production overlay
     */
    public static void check(Settings settings) {
        settings.optional("trusted.proxies").ifPresent(value -> {
            // No address contains "/", and none begins with "<".
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
