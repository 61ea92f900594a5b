package org.votingapp.worker.record;

import jakarta.ejb.ApplicationException;

/** Postgres will not store these ballots as they are, however often it is asked; nothing of them was stored. */
@ApplicationException(rollback = true)
public final class BallotsRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * @param reason what Postgres said, in one line
     * @param cause what was thrown
     */
    public BallotsRefusedException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
