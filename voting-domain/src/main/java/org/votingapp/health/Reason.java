package org.votingapp.health;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Why a store failed: in words for a health page, and in a line for the log.
 *
 * <p>Health pages are public and messages of drivers name users and hosts, so a page is told what is known of the kind of
 * failure: an SQLSTATE, an error code of Redis, a fault of the network, or else the exception's class.
 */
public final class Reason {

    private static final int LONGEST_LINE = 200;
    private static final Pattern UNREADABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

    /** What an error of Redis may begin with (redis.io, "Redis serialization protocol", simple errors). */
    private static final Set<String> REDIS_CODES = Set.of(
            "NOAUTH",
            "WRONGPASS",
            "NOPERM",
            "READONLY",
            "LOADING",
            "MISCONF",
            "OOM",
            "BUSY",
            "NOREPLICAS",
            "MASTERDOWN",
            "CLUSTERDOWN");

    private Reason() {}

    /** Why it failed, without the name of a user or a host and without anything that was sent; in one line. */
    public static String of(Throwable failure) {
        return known(failure).orElseGet(() -> failure.getClass().getSimpleName());
    }

    /** What the innermost cause that says something says. */
    private static Optional<String> known(Throwable failure) {
        return Optional.ofNullable(failure.getCause()).flatMap(Reason::known).or(() -> ownWords(failure));
    }

    private static Optional<String> ownWords(Throwable failure) {
        if (failure instanceof SQLException sql && sql.getSQLState() != null) {
            return Optional.of("%s (SQLSTATE %s)".formatted(words(sql), sql.getSQLState()));
        }
        if (failure instanceof UnknownHostException) {
            return Optional.of("its host is not known");
        }
        if (failure instanceof ConnectException) {
            return Optional.of("it takes no connection");
        }
        if (failure instanceof SocketTimeoutException) {
            return Optional.of("it does not answer in time");
        }
        if (failure instanceof GeneralSecurityException) {
            return Optional.of("its certificate is not trusted");
        }
        if (failure instanceof IOException) {
            return Optional.of("the connection broke");
        }
        String first = String.valueOf(failure.getMessage()).split(" ", 2)[0];
        return REDIS_CODES.contains(first) ? Optional.of("it answers " + first) : Optional.empty();
    }

    /** PostgreSQL, appendix "Error Codes". */
    private static String words(SQLException failure) {
        String state = failure.getSQLState();
        if (String.valueOf(failure.getMessage()).contains("targetServerType")) {
            return "it is a standby or read-only";
        }
        return switch (state) {
            case "25006" -> "it is read-only";
            case "42501" -> "a right is missing";
            case "42P01" -> "a table is missing";
            default -> words(state);
        };
    }

    private static String words(String state) {
        if (state.startsWith("08")) {
            return "there is no connection to it";
        }
        if (state.startsWith("28")) {
            return "it refuses the user or the password";
        }
        if (state.startsWith("3D")) {
            return "it has no such database";
        }
        if (state.startsWith("53")) {
            return "it has no room for more";
        }
        return state.startsWith("57P") ? "it is starting or stopping" : "it refuses";
    }

    /** A text in one line of bounded length, in which nothing can be mistaken for the end of a line. */
    public static String line(String text) {
        String first = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("no reason given");
        String shown = first.length() <= LONGEST_LINE ? first : first.substring(0, LONGEST_LINE);
        String readable = UNREADABLE.matcher(shown).replaceAll("\uFFFD");
        return first.length() <= LONGEST_LINE ? readable : readable + "…";
    }
}
