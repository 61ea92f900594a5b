package org.votingapp.runtime.postgres;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.votingapp.runtime.store.Reason;
import org.votingapp.runtime.store.StoreAddress;

/** What an error of Postgres means, by its SQLSTATE (PostgreSQL, appendix "Error Codes"). */
public final class PostgresFailure {

    private PostgresFailure() {}

    /** The words for an {@link SQLException}; empty for all others. */
    public static Optional<String> words(Throwable failure, StoreAddress store) {
        if (!(failure instanceof SQLException sql)) {
            return Optional.empty();
        }
        String state = sql.getSQLState();
        if (state == null) {
            return sql instanceof SQLTransientConnectionException
                    ? Optional.of("no connection was free in time at " + store.place())
                    : Optional.empty();
        }
        String words = String.valueOf(sql.getMessage()).contains("targetServerType")
                ? "it is a standby or read-only at " + store.place()
                : words(state, store);
        return Optional.of("%s (SQLSTATE %s)".formatted(words, state));
    }

    private static String words(String state, StoreAddress store) {
        return switch (state) {
            case "25006" -> "it is read-only at " + store.place();
            case "28P01" -> "wrong user or password for " + store.login();
            case "28000" -> "no entry for " + store.login();
            case "42501" -> "a right is missing for " + store.login();
            case "42P01" -> "a table is missing at " + store.place();
            case "53100" -> "the disk is full at " + store.place();
            case "53300" -> "too many connections at " + store.place();
            default -> wordsOfClass(state.substring(0, 2), state) + " at " + store.place();
        };
    }

    private static String wordsOfClass(String group, String state) {
        return switch (group) {
            case "08" -> "no connection";
            case "28" -> "the log-in was refused";
            case "3D" -> "there is no such database";
            case "53" -> "no room for more";
            case "57" -> state.startsWith("57P") ? "it is starting or stopping" : "it refuses";
            default -> "it refuses";
        };
    }

    /**
     * Whether Postgres refused the data: class 22, data exception, or 23, integrity constraint violation. Trying again is
     * useless then. Every other failure is a reason to try again later.
     */
    public static boolean isForItsData(Throwable failure) {
        return state(failure)
                .filter(state -> state.startsWith("22") || state.startsWith("23"))
                .isPresent();
    }

    /** Whether a row is missing that the data refer to: 23503, foreign_key_violation. */
    public static boolean isForAMissingReference(Throwable failure) {
        return state(failure).filter("23503"::equals).isPresent();
    }

    /** What happened, for the log: one line of bounded length that does not repeat the data. */
    public static String describe(Throwable failure) {
        String line = Reason.line(sql(failure)
                .map(PostgresFailure::primaryMessage)
                .orElseGet(() -> root(failure).toString()));
        return state(failure)
                .map(state -> "%s (SQLSTATE %s)".formatted(line, state))
                .orElse(line);
    }

    private static String primaryMessage(SQLException sql) {
        // The driver's own message goes on with the detail, which quotes the row.
        ServerErrorMessage server = sql instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
        return server == null || server.getMessage() == null ? String.valueOf(sql.getMessage()) : server.getMessage();
    }

    private static Optional<String> state(Throwable failure) {
        return sql(failure).map(SQLException::getSQLState);
    }

    /** The innermost one with an SQLSTATE: pools and JPA wrap the driver's exception. */
    private static Optional<SQLException> sql(Throwable failure) {
        SQLException found = null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
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
