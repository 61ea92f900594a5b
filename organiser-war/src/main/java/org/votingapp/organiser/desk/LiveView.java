package org.votingapp.organiser.desk;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a poll is going, by the workers' books. Immutable.
 *
 * @param pace the votes of each of the last 30 minutes, the running one last
 * @param voters the voters on record in Redis
 * @param votes the votes in the tally, read just after; both empty where no worker has told them
 * @param pending the ballots of all polls that wait to be recorded
 * @param delayMillis how long ballots had waited when they were recorded last, of all polls
 * @param rejected the ballots that could not be recorded, by their reason, the most frequent first
 * @param asOf when these numbers changed last; empty where no worker has told any
 */
public record LiveView(
        List<Long> pace,
        OptionalLong voters,
        OptionalLong votes,
        long pending,
        OptionalLong delayMillis,
        List<Rejected> rejected,
        Optional<Instant> asOf) {

    /** Copies the lists. */
    public LiveView {
        pace = List.copyOf(pace);
        rejected = List.copyOf(rejected);
    }

    /**
     * Ballots that could not be recorded.
     *
     * @param reason why, in the worker's English
     * @param ballots how many of the last thousand
     */
    public record Rejected(String reason, long ballots) {}

    /** Whether each voter on record has a vote in the tally. */
    public boolean balanced() {
        return voters.isPresent() && voters.equals(votes);
    }
}
