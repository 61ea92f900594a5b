package org.votingapp.runtime.store;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * Where a store is and who we are there; says why the store failed, in words: what and where.
 *
 * <p>Health pages are public, and messages of drivers repeat what was sent. So a page is told the kind of failure (a fault
 * of the network, an SQLSTATE, an error code of Redis) and these names, and never a message or a class.
 *
 * @param store its name as people write it
 * @param host the host
 * @param port the port
 * @param user who we are there
 */
public record StoreAddress(String store, String host, int port, String user) {

    /** Why it failed, such as {@code connection refused at redis:6379}; in one line. */
    public String reason(Throwable failure) {
        return known(failure).orElse("an error that the log tells, at " + place());
    }

    /** That it did not answer within a time. */
    public String silentFor(Duration time) {
        return "no answer within %s s from %s"
                .formatted(String.valueOf(time.toMillis() / 1e3).replaceAll("\\.0$", ""), place());
    }

    private String place() {
        return host.contains(":") && !host.startsWith("[") ? "[%s]:%d".formatted(host, port) : host + ":" + port;
    }

    private String login() {
        return "%s user %s at %s".formatted(store, user, place());
    }

    /** What the innermost cause that says something says; Jedis tells why each address of a host failed beside it. */
    private Optional<String> known(Throwable failure) {
        return Stream.concat(Stream.ofNullable(failure.getCause()), Stream.of(failure.getSuppressed()))
                .map(this::known)
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> ownWords(failure));
    }

    private Optional<String> ownWords(Throwable failure) {
        if (failure instanceof SQLException sql) {
            return sql(sql);
        }
        if (failure instanceof UnknownHostException) {
            return Optional.of("unknown host " + host);
        }
        if (failure instanceof SocketTimeoutException || failure instanceof TimeoutException) {
            return Optional.of("no answer in time from " + place());
        }
        return kind(failure).map(words -> words + " at " + place()).or(() -> redis(failure));
    }

    private static Optional<String> kind(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof ConnectException) {
            return Optional.of(message.contains("timed out") ? "no answer" : "connection refused");
        }
        if (failure instanceof NoRouteToHostException) {
            return Optional.of("no route to the host");
        }
        if (failure instanceof GeneralSecurityException) {
            return Optional.of("the certificate is not trusted");
        }
        if (failure instanceof SSLException) {
            return Optional.of("no TLS");
        }
        if (failure instanceof NoSuchElementException) {
            // Of the pool of connections.
            return Optional.of("no connection was free in time");
        }
        // The second is Jedis' own.
        boolean broken = failure instanceof IOException || message.startsWith("Unexpected end of stream");
        return broken ? Optional.of("the connection broke") : Optional.empty();
    }

    /** PostgreSQL, appendix "Error Codes". */
    private Optional<String> sql(SQLException failure) {
        String state = failure.getSQLState();
        if (state == null) {
            return failure instanceof SQLTransientConnectionException
                    ? Optional.of("no connection was free in time at " + place())
                    : Optional.empty();
        }
        String words = String.valueOf(failure.getMessage()).contains("targetServerType")
                ? "it is a standby or read-only at " + place()
                : words(state);
        return Optional.of("%s (SQLSTATE %s)".formatted(words, state));
    }

    private String words(String state) {
        return switch (state) {
            case "25006" -> "it is read-only at " + place();
            case "28P01" -> "wrong user or password for " + login();
            case "28000" -> "no entry for " + login();
            case "42501" -> "a right is missing for " + login();
            case "42P01" -> "a table is missing at " + place();
            case "53100" -> "the disk is full at " + place();
            case "53300" -> "too many connections at " + place();
            default -> words(state.substring(0, 2), state) + " at " + place();
        };
    }

    private static String words(String group, String state) {
        return switch (group) {
            case "08" -> "no connection";
            case "28" -> "the log-in was refused";
            case "3D" -> "there is no such database";
            case "53" -> "no room for more";
            case "57" -> state.startsWith("57P") ? "it is starting or stopping" : "it refuses";
            default -> "it refuses";
        };
    }

    /** By the first word of an error (redis.io, "Redis serialization protocol", simple errors). */
    private Optional<String> redis(Throwable failure) {
        String code = String.valueOf(failure.getMessage()).split(" ", 2)[0];
        return switch (code) {
            case "NOAUTH" -> Optional.of("a password is missing for " + login());
            case "WRONGPASS" -> Optional.of("wrong user or password for " + login());
            case "NOPERM" -> Optional.of("a permission is missing for " + login());
            case "READONLY" -> Optional.of("it is a read-only replica at " + place());
            case "MOVED", "ASK", "CROSSSLOT", "TRYAGAIN" ->
                Optional.of("it is a node of a Redis cluster, and one that does not have our keys, at " + place());
            case "CLUSTERDOWN" -> Optional.of("the Redis cluster is down at " + place());
            case "LOADING" -> Optional.of("it is loading its data at " + place());
            case "MISCONF" -> Optional.of("it cannot write to its disk at " + place());
            case "OOM" -> Optional.of("it is out of memory at " + place());
            case "BUSY" -> Optional.of("it is busy with a script at " + place());
            case "NOREPLICAS" -> Optional.of("it has too few replicas at " + place());
            case "MASTERDOWN" -> Optional.of("it has lost its primary at " + place());
            case "ERR" -> Optional.of("it answers with an error at " + place());
            default -> Optional.empty();
        };
    }
}
