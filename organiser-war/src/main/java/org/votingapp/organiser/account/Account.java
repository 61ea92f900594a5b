package org.votingapp.organiser.account;

/**
 * A line of {@code ORGANISERS}.
 *
 * @param organiser who logs in with it
 * @param hash the password's hash, as Jakarta Security's {@code Pbkdf2PasswordHash} reads it
 */
record Account(Organiser organiser, String hash) {

    /** Without the hash. */
    @Override
    public String toString() {
        return organiser.toString();
    }
}
