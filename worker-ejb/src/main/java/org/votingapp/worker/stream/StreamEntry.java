package org.votingapp.worker.stream;

import java.util.List;

/**
 * An entry of the stream as it came.
 *
 * @param id its id
 * @param fields its fields in their order; a name may come more than once
 */
public record StreamEntry(EntryId id, List<Field> fields) {

    /** Copies the fields. */
    public StreamEntry {
        fields = List.copyOf(fields);
    }

    /**
     * One field.
     *
     * @param name its name
     * @param value its value; bytes that are no UTF-8 are shown as U+FFFD
     */
    public record Field(String name, String value) {}
}
