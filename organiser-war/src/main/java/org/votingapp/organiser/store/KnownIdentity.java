package org.votingapp.organiser.store;

/**
 * Somebody whom an OpenID provider knew at their last log-in.
 *
 * @param issuer the provider
 * @param displayName how it called them
 * @param administrator whether they were in the group of administrators
 * @param seenLately whether that log-in was within {@value OrganiserIdentities#SEEN_WITHIN_DAYS} days
 */
public record KnownIdentity(String issuer, String displayName, boolean administrator, boolean seenLately) {}
