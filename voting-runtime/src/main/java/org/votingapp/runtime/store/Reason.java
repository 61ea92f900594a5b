package org.votingapp.runtime.store;

import java.util.regex.Pattern;

/** Reasons of failures as one line for the log. {@link StoreAddress} has those for health pages. */
public final class Reason {

    private static final int LONGEST_LINE = 200;
    private static final Pattern UNREADABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

    private Reason() {}

    /** The text's first line, of bounded length, without control characters that could forge another log line. */
    public static String line(String text) {
        String first = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("no reason given");
        String shown = first.length() <= LONGEST_LINE ? first : first.substring(0, LONGEST_LINE);
        String readable = UNREADABLE.matcher(shown).replaceAll("\uFFFD");
        return first.length() <= LONGEST_LINE ? readable : readable + "…";
    }
}
