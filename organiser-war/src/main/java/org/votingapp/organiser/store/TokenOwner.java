package org.votingapp.organiser.store;

import java.util.Optional;

/**
 * The owner of a session or of a token of the API.
 *
 * @param name their name
 * @param administrator whether they were one when it was made
 * @param identity what a provider says of them; empty for somebody of {@code ORGANISERS}
 */
public record TokenOwner(String name, boolean administrator, Optional<KnownIdentity> identity) {}
