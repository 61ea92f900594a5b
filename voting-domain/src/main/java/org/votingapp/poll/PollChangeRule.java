package org.votingapp.poll;

import java.time.Instant;
import java.util.Optional;

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

    /**
     * Checks that a poll stays closed whose ballots are deleted: nobody knows any more who has voted.
     *
     * @param ballotsDeleted since when they are, if they are
     * @throws PollRefusedException where it would take votes, whatever the operator accepts
     */
    public void checkReopening(
            RegisteredPoll registered, Poll configured, Optional<Instant> ballotsDeleted, Instant now)
            throws PollRefusedException {
        if (ballotsDeleted.isPresent() && configured.stateAt(now) != PollState.CLOSED) {
            throw new PollRefusedException(
                    ("Poll %s is not started, since it would take votes, and its ballots have been deleted since %s, so that whoever "
                                    + "has voted could vote again. Restore its end, %s, or give the question another id for a new poll.")
                            .formatted(
                                    configured.id(),
                                    ballotsDeleted.get(),
                                    registered
                                            .poll()
                                            .closes()
                                            .map(Instant::toString)
                                            .orElse("which it had")),
                    registered);
        }
    }

    /**
     * The same for who sees the result when. Whoever has voted must not see it shown sooner than they were told.
     *
     * @param earlier the rule by which people have voted, if they have
     * @return what changes, in a line; empty where nothing does
     * @throws PollRefusedException where there are votes, the result would show sooner, and the operator did not accept that
     */
    public Optional<String> checkResults(
            RegisteredPoll registered, ResultsRule earlier, ResultsRule later, PollSource source)
            throws PollRefusedException {
        if (earlier == later) {
            return Optional.empty();
        }
        String change = "results %s → %s".formatted(earlier.word(), later.word());
        String id = registered.poll().id();
        if (later.isSoonerThan(earlier) && registered.hasVotes() && !accepting) {
            throw new PollRefusedException(
                    ("Poll %s is not started, since its voters (%d) would see their result shown sooner than they were told: %s. "
                                    + "Restore %s, or %s, and the result shows as it then reads.")
                            .formatted(
                                    id,
                                    registered.recorded() + registered.unrecorded(),
                                    change,
                                    source.restored("results", earlier.word()),
                                    source.waysOut()),
                    registered);
        }
        return Optional.of("Poll %s changes: %s".formatted(id, change));
    }
}
