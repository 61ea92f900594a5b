package org.votingapp.poll;

import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a question or a label may be: something to see, on one line, of bounded length.
 *
 * <p>Text is refused for what it is and never for being unknown: emoji are newer than any JDK. Lengths count code points.
 */
public final class PollText {

    /** Control characters, line ends, and what Unicode promises never to be a character. */
    private static final Pattern IMPOSSIBLE =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\p{IsNoncharacter_Code_Point}\\u2028\\u2029]");
    /** Spaces, format characters, fillers, variation selectors (Unicode, "Default_Ignorable_Code_Point"), blank Braille. */
    private static final Pattern NOTHING_TO_SEE = Pattern.compile(
            "[\\p{Z}\\p{Cf}\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u2800\\u3164\\uFE00-\\uFE0F\\uFFA0\\x{E0100}-\\x{E01EF}]*");

    private PollText() {}

    /** What is wrong with a text, to follow "it"; empty where it may stand in a poll. */
    public static Optional<String> fault(String text, int longest) {
        Matcher impossible = IMPOSSIBLE.matcher(text);
        if (impossible.find()) {
            return Optional.of("has U+%04X".formatted(impossible.group().codePointAt(0)));
        }
        if (NOTHING_TO_SEE.matcher(text).matches()) {
            return Optional.of("shows nothing");
        }
        int length = text.codePointCount(0, text.length());
        return length > longest ? Optional.of("has %d characters".formatted(length)) : Optional.empty();
    }

    /** A text such that two which look the same are equal: "é" may be one code point or two. */
    public static String composed(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }
}
