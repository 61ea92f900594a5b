package org.votingapp.poll;

/** A server's configuration would make votes that people have cast mean something else; the message is for its operator. */
public final class PollRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient RegisteredPoll registered;

    PollRefusedException(String message, RegisteredPoll registered) {
        super(message);
        this.registered = registered;
    }

    /** The poll that stays as it is. */
    public RegisteredPoll registered() {
        return registered;
    }
}
