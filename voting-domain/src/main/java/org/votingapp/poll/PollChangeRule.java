package org.votingapp.poll;

import java.time.Instant;

/**
 * Decides whether configuration may change a registered poll, for vote servers and workers alike.
 *
 * @param accepting whether the operator lets it change what votes mean ({@code POLL_ACCEPT_CHANGES})
 */
public record PollChangeRule(boolean accepting) {

    /**
     * What would change.
     *
     * @throws PollRefusedException where votes would no longer mean what voters chose, and the operator did not accept that
     */
    public PollChange check(RegisteredPoll registered, Poll configured, Instant now) throws PollRefusedException {
        return check(registered, configured, PollSource.SETTINGS, now);
    }

    /** The same for a poll that is written somewhere. */
    public PollChange check(RegisteredPoll registered, Poll configured, PollSource source, Instant now)
            throws PollRefusedException {
        PollChange change = PollChange.of(registered, configured, source, now);
        if (!change.betrayals().isEmpty() && !accepting) {
            throw new PollRefusedException(change.refusal(), registered);
        }
        return change;
    }
}
