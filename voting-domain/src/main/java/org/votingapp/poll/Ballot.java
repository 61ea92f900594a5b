package org.votingapp.poll;

/**
 * One voter's choice in one poll.
 *
 * @param pollId the poll
 * @param voter who chose
 * @param choice the key of the option that was picked
 */
public record Ballot(String pollId, VoterId voter, String choice) {}
