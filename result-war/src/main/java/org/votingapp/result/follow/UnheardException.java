package org.votingapp.result.follow;

import java.sql.SQLException;

/** Postgres takes {@code LISTEN}, and what is notified does not arrive; the message may be public. */
final class UnheardException extends SQLException {

    private static final long serialVersionUID = 1L;

    UnheardException() {
        super("notifications do not arrive, as behind PgBouncer with pool_mode=transaction:"
                + " set pool_mode=session, or DB_HOST and DB_PORT to Postgres itself");
    }
}
