package org.votingapp.runtime.signing;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Makes a line of {@code ORGANISERS}: {@code name:role:hash}, with the hash as Jakarta Security's
 * {@code Pbkdf2PasswordHash} reads it. {@link NewOrganiser} is the program that makes one.
 */
public final class OrganiserLine {

    /** What a name may be. Whoever logs in may write capital letters. */
    public static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@+-]{0,63}");
    /** The role of who steers rooms of their own. */
    public static final String ORGANISER = "organiser";
    /** The role of who steers all rooms. */
    public static final String ADMINISTRATOR = "administrator";
    /** OWASP, "Password Storage Cheat Sheet": PBKDF2-HMAC-SHA512 with 210,000 iterations. */
    public static final String ALGORITHM = "PBKDF2WithHmacSHA512";
    /** The fewest iterations. */
    public static final int ITERATIONS = 210_000;
    /** The fewest bytes of a salt. */
    public static final int SALT_BYTES = 16;
    /** The bytes of a hash. */
    public static final int HASH_BYTES = 64;
    /** OWASP ASVS 4.0, 2.1.1 and 2.1.2, in characters. */
    public static final int SHORTEST_PASSWORD = 12;
    /** The most characters. */
    public static final int LONGEST_PASSWORD = 128;

    private static final SecureRandom RANDOM = new SecureRandom();

    private OrganiserLine() {}

    /** The line for this organiser, with a new salt. */
    public static String make(String name, String role, String password) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        Base64.Encoder encoder = Base64.getEncoder();
        return "%s:%s:%s:%d:%s:%s"
                .formatted(
                        name,
                        role,
                        ALGORITHM,
                        ITERATIONS,
                        encoder.encodeToString(salt),
                        encoder.encodeToString(hash(password, salt)));
    }

    private static byte[] hash(String password, byte[] salt) {
        PBEKeySpec key = new PBEKeySpec(normal(password).toCharArray(), salt, ITERATIONS, HASH_BYTES * Byte.SIZE);
        try {
            return SecretKeyFactory.getInstance(ALGORITHM).generateSecret(key).getEncoded();
        } catch (GeneralSecurityException impossible) {
            // The JDK has it, with any length of the hash.
            throw new IllegalStateException(impossible);
        } finally {
            key.clearPassword();
        }
    }

    /** A password as it is hashed: keyboards write the same character in different ways (NIST SP 800-63B, 5.1.1.2). */
    public static String normal(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFC);
    }
}
