package org.votingapp.runtime.postgres;

import java.util.Properties;
import org.postgresql.PGProperty;
import org.postgresql.ssl.DefaultJavaSSLFactory;
import org.postgresql.ssl.LibPQFactory;
import org.postgresql.ssl.WrappedFactory;
import org.postgresql.util.PSQLException;
import org.votingapp.runtime.tls.Authorities;

/**
 * Makes the driver of Postgres take {@code DB_SSLMODE} and {@code DB_SSLROOTCERT} as libpq documents them (PostgreSQL, "SSL
 * Support"), where it does otherwise by itself: the authorities of Java ({@code system}, or no file) verify a server in full,
 * and {@code require} with a file of authorities is {@code verify-ca}.
 *
 * <p>The driver makes one for each connection (database.xml names the class), after the server has said that it speaks TLS. The
 * host's name is verified by the driver.
 */
public final class PostgresTls extends WrappedFactory {

    /**
     * For a connection with these properties.
     *
     * @throws PSQLException where the file of authorities cannot be read
     */
    public PostgresTls(Properties connection) throws PSQLException {
        String mode = PGProperty.SSL_MODE.getOrDefault(connection);
        String authorities = PGProperty.SSL_ROOT_CERT.getOrDefault(connection);
        boolean javas = authorities == null || authorities.isEmpty() || authorities.equals(Authorities.SYSTEM);
        if (javas && "verify-full".equals(mode)) {
            factory = new DefaultJavaSSLFactory(connection);
        } else if (!javas && "require".equals(mode)) {
            Properties verifying = new Properties(connection);
            PGProperty.SSL_MODE.set(verifying, "verify-ca");
            factory = new LibPQFactory(verifying);
        } else {
            factory = new LibPQFactory(connection);
        }
    }
}
