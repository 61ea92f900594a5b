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
 * Signs and verifies voter ids and receipts (HMAC-SHA256, RFC 2104).
 *
 * <ul>
 *   <li>A signed id is {@code <id>.<signature>}: 22 and 43 characters of base64url.
 *   <li>Signed receipts are {@code <choice>.<id>.<poll>[.<choice>.<poll>]….<signature>}, the newest first. A single one is
 *       what the release before wrote; the one before that wrote {@code <choice>.<signature>}.
 * </ul>
 *
 * <p>{@code VOTER_KEY} holds one key of at least {@value #SHORTEST_KEY} characters, or several separated by commas. The first
 * key signs, and all verify, so a key can be replaced without a voter voting twice. Thread-safe.
 */
public final class VoterSigner {

    static final int SHORTEST_KEY = 32;

    /** An id, a signature, and the dot behind the id. */
    static final int LENGTH_WITHOUT_RECEIPTS = VoterId.LENGTH + 1 + 43;

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
     * @throws InvalidSettingException if there is no key or one is too short; the message does not contain it
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

    /** For each key, in order, {@value #MARK} characters that identify it and reveal nothing about it. */
    List<String> marks() {
        return keys.stream()
                .map(key -> written(signature(key, "mark:")).substring(0, MARK))
                .toList();
    }

    /** The id with its signature. */
    public String sign(VoterId voter) {
        return voter + "." + written(signature(keys.get(0), idOf(voter)));
    }

    /** The voter, if the text is an id signed with one of the keys. */
    public Optional<VoterId> verify(String signed) {
        return claimed(signed).filter(voter -> isGenuine(idOf(voter), signed.substring(VoterId.LENGTH + 1)));
    }

    /** The voter whose id the text starts with; the signature is not verified. */
    Optional<VoterId> claimed(String signed) {
        return signed.indexOf('.') == VoterId.LENGTH
                ? VoterId.parse(signed.substring(0, VoterId.LENGTH))
                : Optional.empty();
    }

    /** The receipts, at least one, with their signature. */
    String sign(Receipts receipts) {
        return written(receipts) + "." + written(signature(keys.get(0), textOf(receipts)));
    }

    /** The receipts, if the text is what one of the keys signed. */
    Optional<Receipts> verifyReceipts(String signed) {
        String[] parts = signed.split("\\.", -1);
        return parts.length < 4 || parts.length % 2 != 0 || signed.length() > Receipts.LONGEST
                ? Optional.empty()
                : VoterId.parse(parts[1])
                        .map(voter -> new Receipts(voter, receiptsIn(parts)))
                        .filter(receipts -> isGenuine(textOf(receipts), parts[parts.length - 1]));
    }

    /** The choice, if the text is this voter's receipt for this poll in the earlier form, which does not name its voter. */
    Optional<String> verifyFormerReceipt(VoterId voter, String pollId, String signed) {
        int dot = signed.indexOf('.');
        return dot < 1
                ? Optional.empty()
                : Optional.of(signed.substring(0, dot))
                        .filter(choice ->
                                isGenuine(textOf(voter, new Receipt(pollId, choice)), signed.substring(dot + 1)));
    }

    private static List<Receipt> receiptsIn(String[] parts) {
        Receipt newest = new Receipt(parts[2], parts[0]);
        if (parts.length == 4) {
            return List.of(newest);
        }
        List<Receipt> receipts = new ArrayList<>();
        receipts.add(newest);
        for (int at = 3; at < parts.length - 1; at += 2) {
            receipts.add(new Receipt(parts[at + 1], parts[at]));
        }
        return receipts;
    }

    /** The value without its signature. */
    private static String written(Receipts receipts) {
        Receipt newest = receipts.newestFirst().get(0);
        StringBuilder text = new StringBuilder(newest.choice())
                .append('.')
                .append(receipts.voter())
                .append('.')
                .append(newest.pollId());
        for (Receipt older :
                receipts.newestFirst().subList(1, receipts.newestFirst().size())) {
            text.append('.').append(older.choice()).append('.').append(older.pollId());
        }
        return text.toString();
    }

    // Distinct prefixes, so that a signature of an id is never valid for a receipt, nor one of several receipts for
    // one.

    private static String idOf(VoterId voter) {
        return "voter:" + voter;
    }

    private static String textOf(Receipts receipts) {
        return receipts.newestFirst().size() == 1
                ? textOf(receipts.voter(), receipts.newestFirst().get(0))
                : "receipts:" + written(receipts);
    }

    private static String textOf(VoterId voter, Receipt receipt) {
        return "receipt:" + voter + ":" + receipt.pollId() + ":" + receipt.choice();
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
            throw new IllegalArgumentException("VOTER_KEY cannot be used", refused);
        } catch (GeneralSecurityException impossible) {
            // Every Java platform has HmacSHA256 (Mac).
            throw new IllegalStateException(impossible);
        }
    }
}
