package org.votingapp.config;

/**
 * A setting has a value that cannot be used.
 *
 * <p>The message names the environment variable, the value, and what would be right. A secret's value is never in it:
 * whoever reads a secret passes a description of the value instead.
 */
public final class InvalidSettingException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /**
     * @param variable the environment variable, such as {@code POLL_REVOTE}
     * @param value the value as it was found, or what may be said of it
     * @param expected what would be right, to follow "it must be"
     */
    public InvalidSettingException(String variable, String value, String expected) {
        super("%s is \"%s\"; it must be %s".formatted(variable, value, expected));
    }
}
