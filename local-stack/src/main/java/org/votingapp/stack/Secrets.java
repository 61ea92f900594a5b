package org.votingapp.stack;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Random passwords and keys, made once and kept in the data folder; there is no default one.
 *
 * <p>None that is damaged is replaced by itself: with another key to sign by, voters would be strangers and could vote
 * again.
 */
final class Secrets {

    private static final int BYTES = 32;
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final String REMEDY =
            "Put it back from a copy. Where there is none, delete it and set VOTER_KEY to the key that signed voters' cookies, or to a new one, with which who has voted can vote again.";

    private final Path path;
    private final PrivateProperties file;
    private final SecureRandom random = new SecureRandom();

    /**
     * Reads those of a data folder.
     *
     * @throws StackException where they are damaged
     */
    Secrets(Path folder) {
        this.path = folder.resolve(DataFolder.SECRETS);
        this.file = PrivateProperties.irreplaceable(path, SECRET, REMEDY);
    }

    /** The secret of this name: 256 random bits in base64url without padding (RFC 4648, section 5). */
    String get(String name) {
        return file.get(name, () -> {
            byte[] bytes = new byte[BYTES];
            random.nextBytes(bytes);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        });
    }

    /** Whether there is one of this name already. */
    boolean has(String name) {
        return file.get(name).isPresent();
    }

    /** Why the stack cannot go on without a secret that is not there, or is another one, and what to do. */
    StackException lost(String what) {
        return new StackException("%s %s. %s".formatted(path, what, REMEDY));
    }
}
