package org.votingapp.stack;

/**
 * The local stack cannot start or go on.
 *
 * <p>The message is one line for the person at the terminal: what is wrong, and what to do about it.
 */
public final class StackException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What is wrong, and what to do about it, on one line. */
    public StackException(String message) {
        super(message);
    }

    /** The same, with what led to it. */
    public StackException(String message, Throwable cause) {
        super(message, cause);
    }
}
