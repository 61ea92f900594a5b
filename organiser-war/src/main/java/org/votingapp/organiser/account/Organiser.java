package org.votingapp.organiser.account;

/**
 * Somebody who is logged in.
 *
 * @param name the name in {@code ORGANISERS}
 * @param administrator whether they steer all rooms, and not only their own
 */
public record Organiser(String name, boolean administrator) {}
