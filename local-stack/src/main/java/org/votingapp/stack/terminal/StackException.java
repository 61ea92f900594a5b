package org.votingapp.stack.terminal;

/**
 * The local stack cannot start or go on.
 *
 * <p>The message is one line for the person at the terminal: the cause, and the remedy.
 */
public final class StackException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Takes cause and remedy in one line. */
    public StackException(String message) {
        super(message);
    }

    /** The same, with the exception that led to it. */
    public StackException(String message, Throwable cause) {
        super(message, cause);
    }
}
