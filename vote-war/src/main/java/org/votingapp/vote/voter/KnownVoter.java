package org.votingapp.vote.voter;

import java.util.Optional;
import org.votingapp.poll.VoterId;

/**
 * A voter whose browser sent a genuine cookie.
 *
 * @param id the voter
 * @param receipt the choice of a genuine receipt of this poll
 * @param current whether the browser sends the cookie that it would get now, and no other voter's
 */
public record KnownVoter(VoterId id, Optional<String> receipt, boolean current) {}
