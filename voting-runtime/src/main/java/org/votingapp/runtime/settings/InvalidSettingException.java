package org.votingapp.runtime.settings;

/**
 * A setting has an invalid value.
 *
 * <p>The message names the environment variable, the value and what would be right, on one line; the mistakes in a file follow on a
 * line each. It shows control characters as {@code <U+000A>}, and only the beginning of a value that is longer than all labels of a poll. It never contains a secret: code
 * that reads one passes a description instead of the value.
 */
public final class InvalidSettingException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private static final int LONGEST_SHOWN = 1_200;

    /**
     * @param variable the environment variable, such as {@code POLL_REVOTE}
     * @param value the value as found, or a description of it
     * @param expected what would be right, to follow "it must be"
     */
    public InvalidSettingException(String variable, String value, String expected) {
        super("%s is \"%s\"; it must be %s".formatted(variable, Excerpt.text(value, LONGEST_SHOWN), expected));
    }
}
