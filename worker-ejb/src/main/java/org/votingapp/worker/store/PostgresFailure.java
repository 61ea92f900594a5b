package org.votingapp.worker.store;

import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.votingapp.runtime.store.Reason;

/** What a failure in Postgres, the driver, JPA or the transaction means, by its SQLSTATE. */
public final class PostgresFailure {

    private PostgresFailure() {}

    /**
     * Whether the data were refused (PostgreSQL, appendix "Error Codes": class 22 data exception, 23 integrity constraint
     * violation). Then trying again is of no use, and everything else is a reason to try again later.
     */
    public static boolean isForItsData(Throwable failure) {
        return sql(failure)
                .map(SQLException::getSQLState)
                .filter(state -> state.startsWith("22") || state.startsWith("23"))
                .isPresent();
    }

    /** Whether a row that the data refer to is not there (yet, or no more): class 23, foreign key violation. */
    public static boolean isForAReferenceThatIsMissing(Throwable failure) {
        return sql(failure)
                .map(SQLException::getSQLState)
                .filter("23503"::equals)
                .isPresent();
    }

    /** The failure as one of the store. */
    public static StoreAwayException away(Throwable failure) {
        return new StoreAwayException(Store.POSTGRES, describe(failure), failure);
    }

    /** What happened, in one line of bounded length that does not repeat what was sent. */
    public static String describe(Throwable failure) {
        Optional<SQLException> sql = sql(failure);
        String text = sql.map(PostgresFailure::primaryMessage)
                .orElseGet(() -> root(failure).toString());
        String shown = Reason.line(text);
        return sql.map(SQLException::getSQLState)
                .map(state -> "%s (SQLSTATE %s)".formatted(shown, state))
                .orElse(shown);
    }

    private static String primaryMessage(SQLException sql) {
        // The driver's own message goes on with the detail, which quotes the row.
        ServerErrorMessage server = sql instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
        return server == null || server.getMessage() == null ? String.valueOf(sql.getMessage()) : server.getMessage();
    }

    private static Optional<SQLException> sql(Throwable failure) {
        SQLException found = null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            // The innermost one with a state: pools wrap the driver's exception in one of their own.
            if (cause instanceof SQLException sql && (found == null || sql.getSQLState() != null)) {
                found = sql;
            }
        }
        return Optional.ofNullable(found);
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
