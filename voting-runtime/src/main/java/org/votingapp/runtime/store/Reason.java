package org.votingapp.runtime.store;

import java.util.regex.Pattern;

/** Why something failed, in a line for the log; what a health page says of a store is {@link StoreAddress}'. */
public final class Reason {

    private static final int LONGEST_LINE = 200;
    private static final Pattern UNREADABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

    private Reason() {}

    /** A text in one line of bounded length, in which nothing can be mistaken for the end of a line. */
    public static String line(String text) {
        String first = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("no reason given");
        String shown = first.length() <= LONGEST_LINE ? first : first.substring(0, LONGEST_LINE);
        String readable = UNREADABLE.matcher(shown).replaceAll("\uFFFD");
        return first.length() <= LONGEST_LINE ? readable : readable + "…";
    }
}
