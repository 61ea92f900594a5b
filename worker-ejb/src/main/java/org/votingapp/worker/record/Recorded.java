package org.votingapp.worker.record;

import java.util.ArrayList;
import java.util.List;
import org.votingapp.worker.stream.EntryId;
import org.votingapp.worker.stream.Rejection;

/**
 * What became of ballots, committed.
 *
 * @param counted entries that are a voter's first one in a poll, recorded now or earlier
 * @param duplicates entries of voters of whom another one was first
 * @param rejected entries that Postgres refuses
 * @param stored how many of the counted ones were stored just now; the others had been delivered before
 */
public record Recorded(List<EntryId> counted, List<EntryId> duplicates, List<Rejection> rejected, int stored) {

    /** Copies the lists. */
    public Recorded {
        counted = List.copyOf(counted);
        duplicates = List.copyOf(duplicates);
        rejected = List.copyOf(rejected);
    }

    /** This and what became of other ballots. */
    public Recorded and(Recorded other) {
        return new Recorded(
                join(counted, other.counted),
                join(duplicates, other.duplicates),
                join(rejected, other.rejected),
                stored + other.stored);
    }

    /** How many were recorded before and delivered again. */
    public int redelivered() {
        return counted.size() - stored;
    }

    private static <T> List<T> join(List<T> first, List<T> second) {
        List<T> joined = new ArrayList<>(first);
        joined.addAll(second);
        return joined;
    }
}
