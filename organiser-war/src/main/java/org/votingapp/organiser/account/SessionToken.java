package org.votingapp.organiser.account;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.votingapp.web.Sha256;

/**
 * What a browser or a program shows to be known: 256 random bits. Postgres has its SHA-256 alone, so who reads Postgres cannot
 * log in.
 */
public final class SessionToken {

    private static final int BYTES = 32;
    private static final Pattern WRITTEN = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final String ALGORITHM = "HmacSHA256";
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final String written;

    private SessionToken(String written) {
        this.written = written;
    }

    /** A new one. */
    public static SessionToken random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new SessionToken(ENCODER.encodeToString(bytes));
    }

    /** The token that a client sent; empty where it has not the form of one. */
    public static Optional<SessionToken> parse(String sent) {
        return WRITTEN.matcher(sent).matches() ? Optional.of(new SessionToken(sent)) : Optional.empty();
    }

    /** As the client gets it: 43 characters of base64url. */
    public String written() {
        return written;
    }

    /** As Postgres has it. */
    public byte[] hash() {
        return Sha256.of(bytes());
    }

    /** The token of its forms (OWASP, "Cross-Site Request Forgery Prevention"). */
    String csrf() {
        return derived("csrf");
    }

    /** 43 characters of base64url for a purpose, from which nobody learns this token or what another purpose gives. */
    String derived(String purpose) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(bytes(), ALGORITHM));
            return ENCODER.encodeToString(mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            // Every Java platform has HmacSHA256 (Mac).
            throw new IllegalStateException(impossible);
        }
    }

    /** Whether a form has the token of its forms; takes as long for a wrong one. */
    public boolean isOfForm(String sent) {
        return MessageDigest.isEqual(csrf().getBytes(StandardCharsets.US_ASCII), sent.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] bytes() {
        return written.getBytes(StandardCharsets.US_ASCII);
    }

    /** Does not tell it. */
    @Override
    public String toString() {
        return "a session's token";
    }
}
