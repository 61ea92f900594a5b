package org.votingapp.poll;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What voters are called in one poll, so that nobody without the poll's key joins ballots of two polls or learns when a voter
 * first came.
 *
 * <p>A pseudonym has 128 bits, as a voter's id has:
 *
 * <ul>
 *   <li>32 bits: HMAC-SHA256 of {@code "time"} and the voter's arrival in units of 2<sup>16</sup> ms (65.5 s),
 *   <li>96 bits: HMAC-SHA256 of {@code "voter"} and the id.
 * </ul>
 *
 * <p>Voters who came in the same unit lie together in an index, so that recording stays fast (docs/decisions/0019); where they
 * lie only the key tells. Who may learn what: docs/decisions/0037. Thread-safe.
 */
public final class Pseudonyms {

    /** The length of a key, in bytes. */
    public static final int KEY_LENGTH = 16;

    private static final String ALGORITHM = "HmacSHA256";

    /** The first 32 of the 48 bits that tell the milliseconds. */
    private static final int UNIT_IN_HIGH = 32;

    private static final long LOW_HALF = 0xFFFF_FFFFL;

    private final Mac key;

    /**
     * The pseudonyms of a poll.
     *
     * @param key the poll's own secret, {@value #KEY_LENGTH} random bytes
     * @throws IllegalArgumentException if it has another length
     */
    public Pseudonyms(byte[] key) {
        if (key.length != KEY_LENGTH) {
            throw new IllegalArgumentException("a key of %d bytes, not %d".formatted(key.length, KEY_LENGTH));
        }
        try {
            this.key = Mac.getInstance(ALGORITHM);
            this.key.init(new SecretKeySpec(key, ALGORITHM));
        } catch (GeneralSecurityException impossible) {
            // Every Java platform has HmacSHA256 (Mac), which takes any key.
            throw new IllegalStateException(impossible);
        }
    }

    /** The pseudonyms of a poll with this key. */
    public static Pseudonyms withKey(UUID key) {
        return new Pseudonyms(ByteBuffer.allocate(KEY_LENGTH)
                .putLong(key.getMostSignificantBits())
                .putLong(key.getLeastSignificantBits())
                .array());
    }

    /** What this voter is called in this poll; always the same. */
    public VoterId of(VoterId voter) {
        long place = hmac("time", voter.high() >>> UNIT_IN_HIGH).getInt();
        ByteBuffer name = hmac("voter", voter.high(), voter.low());
        return new VoterId(place << Integer.SIZE | name.getInt() & LOW_HALF, name.getLong());
    }

    private ByteBuffer hmac(String purpose, long... numbers) {
        ByteBuffer text = ByteBuffer.allocate(purpose.length() + numbers.length * Long.BYTES)
                .put(purpose.getBytes(StandardCharsets.US_ASCII));
        for (long number : numbers) {
            text.putLong(number);
        }
        try {
            // A Mac is not thread-safe, and cloning is cheaper than looking up a provider.
            return ByteBuffer.wrap(((Mac) key.clone()).doFinal(text.array()));
        } catch (CloneNotSupportedException impossible) {
            // The JDK's HmacSHA256 is cloneable.
            throw new IllegalStateException(impossible);
        }
    }
}
