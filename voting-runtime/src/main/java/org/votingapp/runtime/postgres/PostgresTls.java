package org.votingapp.runtime.postgres;

import java.util.Properties;
import org.postgresql.PGProperty;
import org.postgresql.ssl.DefaultJavaSSLFactory;
import org.postgresql.ssl.LibPQFactory;
import org.postgresql.ssl.WrappedFactory;
import org.postgresql.util.PSQLException;
import org.votingapp.runtime.tls.Authorities;

/**
 * Makes Postgres' driver treat {@code DB_SSLMODE} and {@code DB_SSLROOTCERT} as libpq documents them (PostgreSQL, "SSL
 * Support").
 *
 * <p>The driver alone differs in two cases: {@code verify-full} needs no file, since Java's authorities ({@code system}) verify the
 * server; {@code require} with a file of authorities means {@code verify-ca}. {@code database.xml} names this class; the driver
 * makes one object a connection, and verifies the host's name itself.
 */
public final class PostgresTls extends WrappedFactory {

    /**
     * The socket factory for a connection with these properties.
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
