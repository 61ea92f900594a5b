package org.votingapp.worker.stream;

/**
 * An entry that can never be recorded, and why.
 *
 * @param id the entry
 * @param reason for people: what is wrong and what would be right; never longer than a line or two
 */
public record Rejection(EntryId id, String reason) {}
