package org.votingapp.organiser.api;

import java.util.Map;

/** A body is not what it must be. */
class InvalidFormException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Map<String, String> faults;

    /** @param faults keys of sentences, by field */
    InvalidFormException(Map<String, String> faults) {
        super(faults.toString());
        this.faults = Map.copyOf(faults);
    }

    Map<String, String> faults() {
        return faults;
    }
}
