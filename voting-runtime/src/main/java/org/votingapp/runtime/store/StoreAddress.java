package org.votingapp.runtime.store;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * The address of a store and our user there; says why the store failed, in words that may be public.
 *
 * <p>Health pages are public, and a driver's message may repeat what was sent. The words therefore tell the kind of failure and
 * the address, and never a message or a class name.
 *
 * @param store its name as people write it
 * @param host the host
 * @param port the port
 * @param user our user there
 * @param words what this store's own errors mean
 */
public record StoreAddress(String store, String host, int port, String user, FailureWords words) {

    /** The reason of a failure, such as {@code connection refused at redis:6379}; in one line. */
    public String reason(Throwable failure) {
        return known(failure).orElse("an error that the log tells, at " + place());
    }

    /** The reason where it gave no answer within this time. */
    public String silentFor(Duration time) {
        return "no answer within %s s from %s"
                .formatted(String.valueOf(time.toMillis() / 1e3).replaceAll("\\.0$", ""), place());
    }

    /** Host and port, as in a URL. */
    public String place() {
        return (host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host) + ":" + port;
    }

    /** The store, our user and the place, for a log-in that was refused. */
    public String login() {
        return "%s user %s at %s".formatted(store, user, place());
    }

    /** The words of the innermost cause that has some. Jedis suppresses the failure of each address of a host. */
    private Optional<String> known(Throwable failure) {
        return Stream.concat(Stream.ofNullable(failure.getCause()), Stream.of(failure.getSuppressed()))
                .map(this::known)
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> ownWords(failure));
    }

    private Optional<String> ownWords(Throwable failure) {
        return words.of(failure, this).or(() -> network(failure));
    }

    private Optional<String> network(Throwable failure) {
        if (failure instanceof UnknownHostException) {
            return Optional.of("unknown host " + host);
        }
        if (failure instanceof SocketTimeoutException || failure instanceof TimeoutException) {
            return Optional.of("no answer in time from " + place());
        }
        return kind(failure).map(kind -> kind + " at " + place());
    }

    private static Optional<String> kind(Throwable failure) {
        if (failure instanceof ConnectException) {
            boolean late = String.valueOf(failure.getMessage()).contains("timed out");
            return Optional.of(late ? "no answer" : "connection refused");
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
        return failure instanceof IOException ? Optional.of("the connection broke") : Optional.empty();
    }
}
