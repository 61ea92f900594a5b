package org.votingapp.runtime.postgres;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TimeZone;
import java.util.regex.Pattern;
import org.votingapp.runtime.settings.InvalidSettingException;
import org.votingapp.runtime.settings.Settings;
import org.votingapp.runtime.store.StoreAddress;
import org.votingapp.runtime.tls.Authorities;

/**
 * Checks {@code DB_HOST}, {@code DB_PORT}, {@code DB_NAME}, {@code DB_USER}, {@code DB_PASSWORD}, {@code DB_SSLMODE} and
 * {@code DB_SSLROOTCERT}.
 *
 * <p>Liberty's data sources use them unchecked ({@code datasources.xml}), so a mistake would show only at the first connection,
 * and then at every further one.
 */
public final class DatabaseSettings {

    private static final String VERIFY_FULL = "verify-full";

    /** PostgreSQL, "SSL Mode Descriptions". Lower case only: libpq, which makes the backups, accepts nothing else. */
    private static final List<String> SSL_MODES =
            List.of("disable", "allow", "prefer", "require", "verify-ca", VERIFY_FULL);

    private static final String MODES = "one of " + String.join(", ", SSL_MODES);

    /** Neither {@code host:port} nor a URL. An IPv6 address has more than one colon. */
    private static final Pattern HOST = Pattern.compile("(?![^:]*:\\d*$)[^\\s/@?]+");
    /** Postgres truncates a longer name (PostgreSQL, "Identifiers and Key Words"). */
    private static final int LONGEST_NAME_BYTES = 63;

    private DatabaseSettings() {}

    /**
     * Checks them. Liberty's configuration has the defaults.
     *
     * @throws InvalidSettingException naming the first setting that is wrong, without the password
     */
    public static void check(Settings settings) {
        String expectedHost = "the host of Postgres, such as localhost";
        String host = settings.required("db.host", expectedHost);
        if (!HOST.matcher(host).matches()) {
            throw Settings.invalid("db.host", host, expectedHost + ", without a port, which is DB_PORT");
        }
        settings.integer("db.port", 1, 65_535);
        checkName(settings, "db.name", "the name of the database, such as voting");
        checkName(settings, "db.user", "a role that may log in to Postgres");
        settings.required("db.password", "the password of DB_USER");
        String mode = settings.required("db.sslmode", MODES);
        if (!SSL_MODES.contains(mode)) {
            throw Settings.invalid("db.sslmode", mode, MODES);
        }
        checkAuthorities(settings, mode);
    }

    /** The address of Postgres, from settings that {@link #check} has accepted. */
    public static StoreAddress address(Settings settings) {
        return new StoreAddress(
                "Postgres",
                settings.required("db.host", ""),
                settings.integer("db.port", 1, 65_535),
                settings.required("db.user", ""),
                PostgresFailure::words);
    }

    /**
     * Sets the JVM's time zone to UTC, whatever {@code TZ} and {@code JVM_ARGS} say. Call it before the first connection.
     *
     * <p>The driver sends the JVM's zone at log-in. Postgres rejects a log-in with a zone that it does not know, such as
     * {@code Asia/Calcutta} where the system's zone files lack the old names.
     */
    public static void pinTimeZone() {
        TimeZone.setDefault(TimeZone.getTimeZone(ZoneOffset.UTC));
    }

    private static void checkName(Settings settings, String property, String expected) {
        String name = settings.required(property, expected);
        if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME_BYTES) {
            throw Settings.invalid(property, name, expected + ", of at most %d bytes".formatted(LONGEST_NAME_BYTES));
        }
    }

    private static void checkAuthorities(Settings settings, String mode) {
        String authorities = settings.optional("db.sslrootcert").orElse("");
        if (authorities.equals(Authorities.SYSTEM)) {
            if (!mode.equals(VERIFY_FULL)) {
                // As in libpq: public authorities certify anybody, so only the host name tells whose certificate it is.
                throw Settings.invalid("db.sslmode", mode, VERIFY_FULL + " where DB_SSLROOTCERT is " + authorities);
            }
        } else if (!authorities.isEmpty()) {
            Authorities.inFile("db.sslrootcert", authorities);
        } else if (mode.equals("verify-ca")) {
            throw Settings.invalid(
                    "db.sslmode",
                    mode,
                    VERIFY_FULL + ", or DB_SSLROOTCERT a file with the certificates of authorities");
        }
    }
}
