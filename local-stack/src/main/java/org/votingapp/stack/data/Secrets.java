package org.votingapp.stack.data;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import org.votingapp.stack.files.PrivateProperties;
import org.votingapp.stack.terminal.StackException;

/**
 * Random passwords and keys, created once and kept in the data folder; there is no default one.
 *
 * <p>A damaged one is never replaced: with another signing key, voters would be strangers and could vote again.
 */
public final class Secrets {

    static final String FILE = "secrets.properties";

    private static final int BYTES = 32;
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final String REMEDY =
            "Put it back from a copy. Where there is none, delete it and set VOTER_KEY to the key that signed voters' cookies, or to a new one, with which who has voted can vote again.";

    private final Path path;
    private final PrivateProperties file;
    private final SecureRandom random = new SecureRandom();

    /**
     * Reads the secrets of a data folder.
     *
     * @throws StackException where the file is damaged
     */
    public Secrets(Path folder) {
        this.path = folder.resolve(FILE);
        this.file = PrivateProperties.irreplaceable(path, SECRET, REMEDY);
    }

    /** The secret of this name: 256 random bits in base64url without padding (RFC 4648, section 5). */
    public String get(String name) {
        return file.get(name, () -> {
            byte[] bytes = new byte[BYTES];
            random.nextBytes(bytes);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        });
    }

    /** The file in which they stand. */
    public Path path() {
        return path;
    }

    /** Whether there is one of this name already. */
    public boolean has(String name) {
        return file.get(name).isPresent();
    }

    /** The failure to throw for a secret that is absent or wrong; it says what to do. */
    public StackException lost(String what) {
        return new StackException("%s %s. %s".formatted(path, what, REMEDY));
    }
}
