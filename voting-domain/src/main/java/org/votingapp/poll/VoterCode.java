package org.votingapp.poll;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The one-time code of a voter in a closed vote: {@value #RANDOM} random characters of {@link RoomCode#ALPHABET}, which are 80.8
 * bits, and a check character. Written in groups: {@code 7KXT4M-29BCDF-GHJKMN}.
 *
 * <p>The check character makes the sum of all places, weighted 1 and 2 in turn from the end, a multiple of 27. It finds each
 * wrong character and each swap of neighbours.
 *
 * <p>No store holds a code. Postgres and Redis hold its {@link #hash}, ballots hold a pseudonym of its {@link #voter}. Both are
 * one-way functions of the code, so nobody joins them without the code (docs/decisions/0042). Immutable.
 *
 * @param value the characters, in upper case and without hyphens
 */
public record VoterCode(String value) {

    /** How many characters are random. */
    public static final int RANDOM = 17;
    /** How many characters a code has. */
    public static final int LENGTH = RANDOM + 1;
    /** The longest text that is read as a code, in characters. */
    public static final int LONGEST_WRITTEN = 64;

    private static final int GROUP = 6;
    private static final String ALPHABET = RoomCode.ALPHABET;

    /** What people, keyboards and word processors put between groups. */
    private static final Pattern BETWEEN = Pattern.compile("[\\s\\p{Z}\\p{Pd}\\u200B]+");

    /** @throws IllegalArgumentException where the value is no code; the message does not contain it */
    public VoterCode {
        if (!isCode(value)) {
            throw new IllegalArgumentException("no voter code");
        }
    }

    /**
     * A new code.
     *
     * @param random gives {@value #RANDOM} numbers, secure ones where nobody should guess the code
     */
    public static VoterCode random(RandomGenerator random) {
        StringBuilder code = new StringBuilder(LENGTH);
        random.ints(RANDOM, 0, ALPHABET.length()).forEach(index -> code.append(ALPHABET.charAt(index)));
        int rest = sum(code) % ALPHABET.length();
        return new VoterCode(code.append(ALPHABET.charAt((ALPHABET.length() - rest) % ALPHABET.length()))
                .toString());
    }

    /** The code that somebody wrote, in whatever case and with whatever spaces and hyphens; empty where it is none. */
    public static Optional<VoterCode> parse(String written) {
        return Optional.of(written)
                .filter(text -> text.length() <= LONGEST_WRITTEN)
                .map(text -> BETWEEN.matcher(text).replaceAll("").toUpperCase(Locale.ROOT))
                .filter(VoterCode::isCode)
                .map(VoterCode::new);
    }

    private static boolean isCode(String text) {
        return text.length() == LENGTH
                && text.chars().allMatch(character -> ALPHABET.indexOf(character) >= 0)
                && sum(text) % ALPHABET.length() == 0;
    }

    /** The weighted sum. The check character's place has the weight 1. */
    private static int sum(CharSequence code) {
        int sum = 0;
        for (int at = 0; at < code.length(); at++) {
            sum += (2 - at % 2) * ALPHABET.indexOf(code.charAt(at));
        }
        return sum;
    }

    /** In groups, as people read it. */
    public String written() {
        StringBuilder groups = new StringBuilder(value);
        for (int at = LENGTH - GROUP; at > 0; at -= GROUP) {
            groups.insert(at, '-');
        }
        return groups.toString();
    }

    /** What the stores hold of the code: 32 bytes, others in each poll. */
    public byte[] hash(String pollId) {
        return digest("code", pollId);
    }

    /** The voter who votes with this code, on whatever device; another one in each poll. */
    public VoterId voter(String pollId) {
        ByteBuffer bytes = ByteBuffer.wrap(digest("voter", pollId));
        return new VoterId(bytes.getLong(), bytes.getLong());
    }

    private byte[] digest(String purpose, String pollId) {
        try {
            // Neither a purpose nor a poll's id has a colon.
            return MessageDigest.getInstance("SHA-256")
                    .digest((purpose + ':' + pollId + ':' + value).getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException impossible) {
            // Every Java platform has SHA-256 (MessageDigest).
            throw new IllegalStateException(impossible);
        }
    }

    /** Without the code, which no log may have. */
    @Override
    public String toString() {
        return "a voter code";
    }
}
