package org.votingapp.vote.voter;

import org.votingapp.poll.VoterId;

/**
 * Says that a voter's choice is on record.
 *
 * @param voter whose
 * @param pollId in which poll
 * @param choice the key of the option
 */
record Receipt(VoterId voter, String pollId, String choice) {}
