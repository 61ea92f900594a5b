package org.votingapp.stack;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/** Random passwords and keys, made once and kept in the data folder; there is no default one. */
final class Secrets {

    private static final int BYTES = 32;

    private final PrivateProperties file;
    private final SecureRandom random = new SecureRandom();

    Secrets(Path folder) {
        this.file = new PrivateProperties(folder.resolve("secrets.properties"));
    }

    /** The secret of this name: 256 random bits in base64url without padding (RFC 4648, section 5). */
    String get(String name) {
        return file.get(name, () -> {
            byte[] bytes = new byte[BYTES];
            random.nextBytes(bytes);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        });
    }
}
