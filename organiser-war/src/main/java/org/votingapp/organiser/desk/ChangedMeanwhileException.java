package org.votingapp.organiser.desk;

/** A room or a poll was changed since the organiser saw it, so nothing was done. */
public class ChangedMeanwhileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long version;

    ChangedMeanwhileException(String what, long version) {
        super("%s has version %d by now".formatted(what, version));
        this.version = version;
    }

    /** Its version by now. */
    public long version() {
        return version;
    }
}
