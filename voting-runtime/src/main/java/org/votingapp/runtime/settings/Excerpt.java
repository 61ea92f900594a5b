package org.votingapp.runtime.settings;

import java.util.regex.Pattern;

/** Shows what somebody wrote in a message: on one line, and not all of it where it is long. */
public final class Excerpt {

    private static final Pattern NOT_ON_A_LINE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]");

    private Excerpt() {}

    /** The text with control characters as {@code <U+000A>}; of one that is longer its beginning and its length. */
    public static String text(String value, int longest) {
        int length = value.codePointCount(0, value.length());
        String shown = length <= longest ? value : value.substring(0, value.offsetByCodePoints(0, longest));
        String readable = NOT_ON_A_LINE
                .matcher(shown)
                .replaceAll(found -> "<U+%04X>".formatted(found.group().codePointAt(0)));
        return length <= longest ? readable : readable + "… (%d characters)".formatted(length);
    }
}
