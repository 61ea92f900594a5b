package org.votingapp.runtime.settings;

import java.util.regex.Pattern;

/**
 * A setting has an invalid value.
 *
 * <p>The message names the environment variable, the value and what would be right, on one line. It shows control characters as
 * {@code <U+000A>}, and only the beginning of a value that is longer than all labels of a poll. It never contains a secret: code
 * that reads one passes a description instead of the value.
 */
public final class InvalidSettingException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private static final int LONGEST_SHOWN = 1_200;
    private static final Pattern NOT_ON_A_LINE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]");

    /**
     * @param variable the environment variable, such as {@code POLL_REVOTE}
     * @param value the value as found, or a description of it
     * @param expected what would be right, to follow "it must be"
     */
    public InvalidSettingException(String variable, String value, String expected) {
        super("%s is \"%s\"; it must be %s".formatted(variable, shown(value), expected));
    }

    private static String shown(String value) {
        int length = value.codePointCount(0, value.length());
        String shown = length <= LONGEST_SHOWN ? value : value.substring(0, value.offsetByCodePoints(0, LONGEST_SHOWN));
        String readable = NOT_ON_A_LINE
                .matcher(shown)
                .replaceAll(found -> "<U+%04X>".formatted(found.group().codePointAt(0)));
        return length <= LONGEST_SHOWN ? readable : readable + "… (%d characters)".formatted(length);
    }
}
