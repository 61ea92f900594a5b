package org.votingapp.worker.drain;

import java.util.regex.Pattern;

/** Shows what somebody sent, so that it can neither be long nor break a line. */
final class Quote {

    private static final int LONGEST = 40;
    private static final Pattern UNREADABLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

    private Quote() {}

    /** The text in quotation marks; of a long one its beginning and its length. */
    static String of(String text) {
        int length = text.codePointCount(0, text.length());
        String shown = length <= LONGEST ? text : text.substring(0, text.offsetByCodePoints(0, LONGEST));
        String readable = UNREADABLE.matcher(shown).replaceAll("\uFFFD");
        return length <= LONGEST ? "\"%s\"".formatted(readable) : "\"%s…\" (%d characters)".formatted(readable, length);
    }
}
