package org.votingapp.vote.voter;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.votingapp.config.InvalidSettingException;
import org.votingapp.config.Settings;
import org.votingapp.poll.VoterId;

/**
 * Signs voters' ids and knows its own signatures again (HMAC-SHA256, RFC 2104).
 *
 * <p>The signed form is {@code <id>.<signature>}, 22 and 43 characters of base64url. Keys come from {@code VOTER_KEY}:
 * one key of at least {@value #SHORTEST_KEY} characters, or several with commas between them, of which the first signs
 * and all are known again, so that a key can be replaced without anybody voting twice. Thread-safe.
 */
public final class VoterSigner {

    static final int SHORTEST_KEY = 32;

    private static final String ALGORITHM = "HmacSHA256";
    /** Ties a signature to this use of the key. */
    private static final byte[] PURPOSE = "voter:".getBytes(StandardCharsets.US_ASCII);

    private final List<Mac> keys;

    private VoterSigner(List<Mac> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * A signer with the configured keys.
     *
     * @throws InvalidSettingException where there is none or one is too short; the message does not repeat it
     */
    public static VoterSigner read(Settings settings) {
        String expected =
                "a secret of at least %d characters, for example from: openssl rand -base64 48".formatted(SHORTEST_KEY);
        List<Mac> keys = new ArrayList<>();
        for (String key : settings.required("voter.key", expected).split(",")) {
            String secret = key.strip();
            if (secret.length() < SHORTEST_KEY) {
                throw Settings.invalid("voter.key", "(" + secret.length() + " characters)", expected);
            }
            keys.add(mac(secret));
        }
        return new VoterSigner(keys);
    }

    /** The id with its signature. */
    public String sign(VoterId voter) {
        return voter + "." + signature(keys.get(0), voter);
    }

    /** The voter, where the text is an id with a signature by one of the keys. */
    public Optional<VoterId> verify(String signed) {
        int dot = signed.indexOf('.');
        if (dot != VoterId.LENGTH) {
            return Optional.empty();
        }
        byte[] given = signed.substring(dot + 1).getBytes(StandardCharsets.ISO_8859_1);
        return VoterId.parse(signed.substring(0, dot)).filter(voter -> isGenuine(voter, given));
    }

    private boolean isGenuine(VoterId voter, byte[] given) {
        for (Mac key : keys) {
            byte[] right = signature(key, voter).getBytes(StandardCharsets.ISO_8859_1);
            if (MessageDigest.isEqual(right, given)) {
                return true;
            }
        }
        return false;
    }

    private static String signature(Mac key, VoterId voter) {
        try {
            // A copy, since a Mac is not thread-safe, and copying is cheaper than asking the providers for a new one.
            Mac mac = (Mac) key.clone();
            mac.update(PURPOSE);
            byte[] tag = mac.doFinal(voter.toString().getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(tag);
        } catch (CloneNotSupportedException impossible) {
            // The platform's own HmacSHA256 can be copied.
            throw new IllegalStateException(impossible);
        }
    }

    private static Mac mac(String secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return mac;
        } catch (InvalidKeyException refused) {
            throw new IllegalArgumentException("VOTER_KEY cannot be used", refused);
        } catch (GeneralSecurityException impossible) {
            // Every Java platform has HmacSHA256 (Mac).
            throw new IllegalStateException(impossible);
        }
    }
}
