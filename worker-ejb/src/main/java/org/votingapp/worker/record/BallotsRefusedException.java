package org.votingapp.worker.record;

import jakarta.ejb.ApplicationException;
import org.votingapp.runtime.postgres.PostgresFailure;

/** Postgres refused these ballots as they are, and would refuse them again; none of them was stored. */
@ApplicationException(rollback = true)
public final class BallotsRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean temporary;

    /**
     * @param reason what Postgres said, in one line
     * @param temporary whether only a poll or an option is missing, which may still be registered
     * @param cause what the driver, JPA or the container threw
     */
    public BallotsRefusedException(String reason, boolean temporary, Throwable cause) {
        super(reason, cause);
        this.temporary = temporary;
    }

    /** A failure of Postgres that {@link PostgresFailure#isForItsData is for its data}. */
    static BallotsRefusedException of(Throwable failure) {
        return new BallotsRefusedException(
                PostgresFailure.describe(failure), PostgresFailure.isForAMissingReference(failure), failure);
    }

    /** Whether only a poll or an option is missing, which may still be registered. */
    public boolean isTemporary() {
        return temporary;
    }
}
