package org.votingapp.vote.voter;

import java.util.Optional;
import org.votingapp.poll.VoterId;

/**
 * A voter who came back.
 *
 * @param id who it is
 * @param receipt the choice that a genuine receipt of this poll tells
 * @param current whether the browser sends the voter as it would be given now, and no other one
 */
public record KnownVoter(VoterId id, Optional<String> receipt, boolean current) {}
