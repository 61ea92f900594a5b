package org.votingapp.poll;

import java.text.Normalizer;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Makes ids for polls whose authors gave them none: {@code where-do-we-eat-kxt4m7}. */
public final class PollIds {

    private static final int LONGEST_WORDS = 40;
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^a-z0-9]+");
    private static final Pattern HYPHENS_AROUND = Pattern.compile("^-|-$");

    private PollIds() {}

    /**
     * An id that begins with the question's words, as far as they can be written in it.
     *
     * @param random gives numbers, secure ones where nobody should guess the id
     */
    public static String random(String question, RandomGenerator random) {
        String plain = MARKS.matcher(Normalizer.normalize(question, Normalizer.Form.NFKD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
        String hyphened = BETWEEN_WORDS.matcher(plain).replaceAll("-");
        String words = HYPHENS_AROUND
                .matcher(hyphened.substring(0, Math.min(LONGEST_WORDS, hyphened.length())))
                .replaceAll("");
        return (words.isEmpty() ? "poll" : words)
                + "-"
                + RoomCode.random(random).value().toLowerCase(Locale.ROOT);
    }
}
