package org.votingapp.poll;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Who votes: one browser, by 128 bits that no other has; whoever signs them decides who may use them.
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

    private static final long VERSION = 0x7000;
    private static final long RANDOM_IN_HIGH = 0x0FFF;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long RANDOM_IN_LOW = 0x3FFF_FFFF_FFFF_FFFFL;

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    /**
     * A new voter: a UUID of version 7 (RFC 9562, section 5.7), of which 74 bits are random.
     *
     * <p>Those who come at about the same time lie together in an index so, and Postgres records them at the same cost
     * however many there are; random ones lie anywhere, and cost it twice to three times as much once their index is larger than
     * its memory.
     *
     * @param millis when it came, in milliseconds since 1970
     * @param random gives two numbers, secure ones where voters are real
     */
    public static VoterId newcomer(long millis, RandomGenerator random) {
        return new VoterId(
                millis << Short.SIZE | VERSION | random.nextLong() & RANDOM_IN_HIGH,
                VARIANT | random.nextLong() & RANDOM_IN_LOW);
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
