package org.votingapp.poll;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * Who votes: one browser, by 128 random bits.
 *
 * <p>Written as {@value #LENGTH} characters of base64url without padding (RFC 4648, section 5), which is the only form
 * that {@link #parse} takes, so that one voter has one name. Immutable.
 *
 * @param high the first 64 bits
 * @param low the last 64 bits
 */
public record VoterId(long high, long low) {

    /** The length of the written form, in characters. */
    public static final int LENGTH = 22;

    /** What the last character may be: of its six bits the first two are a voter's, the others zero. */
    private static final String LAST = "AQgw";

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    /** A new voter. */
    public static VoterId random(SecureRandom random) {
        // Asked once for all: each question costs the generator as much.
        ByteBuffer bits = ByteBuffer.allocate(2 * Long.BYTES);
        random.nextBytes(bits.array());
        return new VoterId(bits.getLong(), bits.getLong());
    }

    /** The voter of a written form, or empty where it is not one. */
    public static Optional<VoterId> parse(String text) {
        if (text.length() != LENGTH || LAST.indexOf(text.charAt(LENGTH - 1)) < 0) {
            return Optional.empty();
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(DECODER.decode(text));
            return Optional.of(new VoterId(bytes.getLong(), bytes.getLong()));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** The same 128 bits as Postgres stores them. */
    public UUID toUuid() {
        return new UUID(high, low);
    }

    @Override
    public String toString() {
        return ENCODER.encodeToString(
                ByteBuffer.allocate(16).putLong(high).putLong(low).array());
    }
}
