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
import org.votingapp.poll.VoterId;
import org.votingapp.runtime.settings.InvalidSettingException;
import org.votingapp.runtime.settings.Settings;

/**
 * Signs voters' ids and receipts, and knows its own signatures again (HMAC-SHA256, RFC 2104).
 *
 * <p>The signed form is {@code <id>.<signature>}, 22 and 43 characters of base64url; that of a receipt is
 * {@code <choice>.<id>.<poll>.<signature>}, and was {@code <choice>.<signature>}. Keys come from {@code VOTER_KEY}:
 * one key of at least {@value #SHORTEST_KEY} characters, or several with commas between them, of which the first signs
 * and all are known again, so that a key can be replaced without anybody voting twice. Thread-safe.
 */
public final class VoterSigner {

    static final int SHORTEST_KEY = 32;

    private static final int MARK = 8;

    private static final String ALGORITHM = "HmacSHA256";
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

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
        for (String key : settings.required("voter.key", expected).split(",", -1)) {
            String secret = key.strip();
            if (secret.length() < SHORTEST_KEY) {
                throw Settings.invalid("voter.key", "(" + secret.length() + " characters)", expected);
            }
            keys.add(mac(secret));
        }
        return new VoterSigner(keys);
    }

    /** For each key, in their order, {@value #MARK} characters that name it and tell nothing of it. */
    List<String> marks() {
        return keys.stream()
                .map(key -> written(signature(key, "mark:")).substring(0, MARK))
                .toList();
    }

    /** The id with its signature. */
    public String sign(VoterId voter) {
        return voter + "." + written(signature(keys.get(0), idOf(voter)));
    }

    /** The voter, where the text is an id with a signature by one of the keys. */
    public Optional<VoterId> verify(String signed) {
        return claimed(signed).filter(voter -> isGenuine(idOf(voter), signed.substring(VoterId.LENGTH + 1)));
    }

    /** The voter whose id the text has, whoever signed it. */
    Optional<VoterId> claimed(String signed) {
        return signed.indexOf('.') == VoterId.LENGTH
                ? VoterId.parse(signed.substring(0, VoterId.LENGTH))
                : Optional.empty();
    }

    /** The receipt with its signature. */
    String sign(Receipt receipt) {
        return receipt.choice() + "." + receipt.voter() + "." + receipt.pollId() + "."
                + written(signature(keys.get(0), textOf(receipt)));
    }

    /** The receipt, where the text is one with a signature by one of the keys. */
    Optional<Receipt> verifyReceipt(String signed) {
        String[] parts = signed.split("\\.", -1);
        return parts.length != 4
                ? Optional.empty()
                : VoterId.parse(parts[1])
                        .map(voter -> new Receipt(voter, parts[2], parts[0]))
                        .filter(receipt -> isGenuine(textOf(receipt), parts[3]));
    }

    /** The choice, where the text is a receipt as it was before it told its voter, of this voter in this poll. */
    Optional<String> verifyFormerReceipt(VoterId voter, String pollId, String signed) {
        int dot = signed.indexOf('.');
        return dot < 1
                ? Optional.empty()
                : Optional.of(signed.substring(0, dot))
                        .filter(choice ->
                                isGenuine(textOf(new Receipt(voter, pollId, choice)), signed.substring(dot + 1)));
    }

    // Each use of the key has a prefix of its own, so that no signature of one can pass for one of the other.

    private static String idOf(VoterId voter) {
        return "voter:" + voter;
    }

    private static String textOf(Receipt receipt) {
        return "receipt:" + receipt.voter() + ":" + receipt.pollId() + ":" + receipt.choice();
    }

    private boolean isGenuine(String text, String given) {
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
            // A copy, since a Mac is not thread-safe, and copying is cheaper than asking the providers for a new one.
            Mac mac = (Mac) key.clone();
            return ENCODER.encode(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
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
