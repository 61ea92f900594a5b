package org.votingapp.worker.stream;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a read brought: all of it is pending for this consumer until it is acknowledged or rejected.
 *
 * @param entries the entries, oldest first
 * @param deleted ids of entries that somebody deleted from the stream while they were pending
 */
public record Delivery(List<StreamEntry> entries, List<EntryId> deleted) {

    /** Nothing. */
    public static final Delivery NONE = new Delivery(List.of(), List.of());

    /** Copies both. */
    public Delivery {
        entries = List.copyOf(entries);
        deleted = List.copyOf(deleted);
    }

    /** Whether it brought nothing at all. */
    public boolean isEmpty() {
        return entries.isEmpty() && deleted.isEmpty();
    }

    /** The greatest id in it; it must not be empty. */
    public EntryId last() {
        return Stream.concat(entries.stream().map(StreamEntry::id), deleted.stream())
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }
}
