package org.votingapp.poll;

import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The address of a room: {@value #LENGTH} characters of {@value #ALPHABET}, which has no vowels and no two characters that look
 * alike. The house room has the word {@code house} instead, which no other room can have: it is shorter and has vowels.
 *
 * <p>Immutable.
 *
 * @param value the characters, in upper case; {@code house} for the house room
 */
public record RoomCode(String value) {

    /** How many characters a code has. */
    public static final int LENGTH = 6;
    /** What a code consists of. */
    public static final String ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ";

    private static final Pattern WRITTEN =
            Pattern.compile("[" + ALPHABET + "]{" + LENGTH + "}", Pattern.CASE_INSENSITIVE);
    private static final String HOUSE_WORD = "house";

    /** The house room, at {@code /}. People never write its code. */
    public static final RoomCode HOUSE = new RoomCode(HOUSE_WORD);

    /** @throws IllegalArgumentException where the value is no code */
    public RoomCode {
        boolean code = WRITTEN.matcher(value).matches() && value.equals(value.toUpperCase(Locale.ROOT));
        if (!code && !value.equals(HOUSE_WORD)) {
            throw new IllegalArgumentException("no room code: " + value);
        }
    }

    /** The code that somebody wrote, in whatever case; empty where it is none. The word of the house room is none. */
    public static Optional<RoomCode> parse(String written) {
        return Optional.of(written)
                .filter(text -> WRITTEN.matcher(text).matches())
                .map(text -> new RoomCode(text.toUpperCase(Locale.ROOT)));
    }

    /**
     * Another code: one of 387 million.
     *
     * @param random gives six numbers, secure ones where nobody should guess the code
     */
    public static RoomCode random(RandomGenerator random) {
        return new RoomCode(random.ints(LENGTH, 0, ALPHABET.length())
                .collect(
                        StringBuilder::new, (code, index) -> code.append(ALPHABET.charAt(index)), StringBuilder::append)
                .toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
