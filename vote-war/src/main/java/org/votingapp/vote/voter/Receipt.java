package org.votingapp.vote.voter;

/**
 * Says that a choice is on record in a poll.
 *
 * @param pollId the poll
 * @param choice the key of the option
 */
public record Receipt(String pollId, String choice) {}
