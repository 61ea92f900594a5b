package org.votingapp.worker.stream;

/**
 * An entry that cannot be recorded, and why.
 *
 * @param id the entry
 * @param reason for people: what is wrong and what would be right, in a line or two
 * @param temporary whether only its poll or its option is missing, which may still be registered
 */
public record Rejection(EntryId id, String reason, boolean temporary) {

    /** An entry that can never be recorded. */
    public Rejection(EntryId id, String reason) {
        this(id, reason, false);
    }
}
