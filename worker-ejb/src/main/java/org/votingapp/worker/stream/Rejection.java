package org.votingapp.worker.stream;

/**
 * An entry that cannot be recorded, and why.
 *
 * @param id the entry
 * @param reason for people: what is wrong and what would be right; never longer than a line or two
 * @param mayPass whether it lacks no more than a poll or an option, which may be registered yet
 */
public record Rejection(EntryId id, String reason, boolean mayPass) {

    /** An entry that can never be recorded. */
    public Rejection(EntryId id, String reason) {
        this(id, reason, false);
    }
}
