package org.votingapp.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Checks {@code DB_HOST}, {@code DB_PORT}, {@code DB_NAME}, {@code DB_USER}, {@code DB_PASSWORD}, {@code DB_SSLMODE} and
 * {@code DB_SSLROOTCERT}.
 *
 * <p>The server's data sources take them as they are ({@code datasources.xml}); what is wrong with them would come to light
 * only when Postgres is first asked, and then again and again.
 */
public final class DatabaseSettings {

    /** PostgreSQL, "SSL Mode Descriptions". */
    private static final List<String> SSL_MODES =
            List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

    private DatabaseSettings() {}

    /**
     * Checks them; the defaults are the server's.
     *
     * @throws InvalidSettingException naming the first setting that is wrong; the password is not repeated
     */
    public static void check(Settings settings) {
        settings.required("db.host", "the host of Postgres, such as localhost");
        settings.integer("db.port", 1, 65_535);
        settings.required("db.name", "the name of the database, such as voting");
        settings.required("db.user", "a role that may log in to Postgres");
        settings.required("db.password", "the password of DB_USER");
        String expected = "one of " + String.join(", ", SSL_MODES);
        String mode = settings.required("db.sslmode", expected);
        if (!SSL_MODES.contains(mode.toLowerCase(Locale.ROOT))) {
            throw Settings.invalid("db.sslmode", mode, expected);
        }
        settings.optional("db.sslrootcert").filter(file -> !isReadable(file)).ifPresent(file -> {
            throw Settings.invalid("db.sslrootcert", file, "a file that can be read, with the authority's certificate");
        });
    }

    private static boolean isReadable(String file) {
        try {
            return Files.isRegularFile(Path.of(file)) && Files.isReadable(Path.of(file));
        } catch (InvalidPathException noPath) {
            return false;
        }
    }
}
