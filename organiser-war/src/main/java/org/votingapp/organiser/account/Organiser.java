package org.votingapp.organiser.account;

/**
 * Somebody who is logged in.
 *
 * @param name the name in {@code ORGANISERS}, or the one that {@link Organisers#nameOf} gives; stable, and nobody else's
 * @param administrator whether they steer all rooms, and not only their own
 * @param displayName how pages call them; others may be called the same
 */
public record Organiser(String name, boolean administrator, String displayName) {

    /** Somebody of {@code ORGANISERS}. */
    public Organiser(String name, boolean administrator) {
        this(name, administrator, name);
    }
}
