package org.votingapp.runtime.signing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.votingapp.runtime.settings.InvalidSettingException;
import org.votingapp.runtime.settings.Settings;

/**
 * Signs and verifies texts (HMAC-SHA256, RFC 2104).
 *
 * <p>A setting holds one key of at least {@value #SHORTEST_KEY} characters, or several separated by commas. The first key
 * signs, and all verify, so a key can be replaced. Thread-safe.
 */
public final class SigningKeys {

    /** The fewest characters of a key. */
    public static final int SHORTEST_KEY = 32;
    /** The characters of a signature, which is base64url. */
    public static final int SIGNATURE_LENGTH = 43;

    private static final String ALGORITHM = "HmacSHA256";
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final List<Mac> keys;

    private SigningKeys(List<Mac> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * The keys that a setting holds.
     *
     * @throws InvalidSettingException if there is no key or one is too short; the message does not contain it
     */
    public static SigningKeys read(Settings settings, String property) {
        String expected =
                "a secret of at least %d characters, for example from: openssl rand -base64 48".formatted(SHORTEST_KEY);
        List<Mac> keys = new ArrayList<>();
        for (String key : settings.required(property, expected).split(",", -1)) {
            String secret = key.strip();
            if (secret.length() < SHORTEST_KEY) {
                throw Settings.invalid(property, "(" + secret.length() + " characters)", expected);
            }
            keys.add(mac(secret));
        }
        return new SigningKeys(keys);
    }

    /** The signature of a text. */
    public String sign(String text) {
        return written(signature(keys.get(0), text));
    }

    /** Its signatures by each key, in order. */
    public List<String> signatures(String text) {
        return keys.stream().map(key -> written(signature(key, text))).toList();
    }

    /** Whether one of the keys signed the text; takes as long for a wrong signature as for another one. */
    public boolean isGenuine(String text, String given) {
        byte[] givenBytes = given.getBytes(StandardCharsets.ISO_8859_1);
        for (Mac key : keys) {
            if (MessageDigest.isEqual(signature(key, text), givenBytes)) {
                return true;
            }
        }
        return false;
    }

    private static String written(byte[] signature) {
        return new String(signature, StandardCharsets.ISO_8859_1);
    }

    /** In base64url. */
    private static byte[] signature(Mac key, String text) {
        try {
            // A Mac is not thread-safe, and cloning is cheaper than looking up a provider.
            Mac mac = (Mac) key.clone();
            return ENCODER.encode(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (CloneNotSupportedException impossible) {
            // The JDK's HmacSHA256 is cloneable.
            throw new IllegalStateException(impossible);
        }
    }

    private static Mac mac(String secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return mac;
        } catch (InvalidKeyException refused) {
            throw new IllegalArgumentException("a key of this setting cannot be used", refused);
        } catch (GeneralSecurityException impossible) {
            // Every Java platform has HmacSHA256 (Mac).
            throw new IllegalStateException(impossible);
        }
    }
}
