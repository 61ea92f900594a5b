package org.votingapp.organiser.desk;

import java.time.Instant;
import java.util.Optional;

/**
 * A token of the API, without what proves it.
 *
 * @param id its number
 * @param name what it is for
 * @param usedAt when it was last used, if ever
 */
public record TokenView(long id, String name, Instant createdAt, Instant expiresAt, Optional<Instant> usedAt) {}
