package org.votingapp.organiser.account;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The ID token of a log-in at the provider, in a cookie, until the log-out hands it back there ({@code id_token_hint}). It proves
 * nothing to this server, and no table holds it.
 *
 * @param text empty where the token was too long for a cookie: the log-out at the provider goes without it
 */
record HeldIdToken(Optional<String> text) {

    /** Browsers take 4,096 bytes with name and attributes (RFC 6265bis, section 5.6), and the server 8,192 of all cookies. */
    static final int LONGEST = 3_500;

    private static final HostCookie COOKIE = new HostCookie("organiser-id", "; SameSite=Strict");
    private static final String TOO_LONG = "-";
    private static final Pattern SIGNED = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

    static HeldIdToken of(String token) {
        return new HeldIdToken(Optional.of(token).filter(text -> text.length() <= LONGEST));
    }

    /** What the browser sent; empty where it is not logged in by the provider. */
    static Optional<HeldIdToken> read(HttpServletRequest request) {
        return COOKIE.read(request)
                .filter(value -> value.equals(TOO_LONG)
                        || value.length() <= LONGEST && SIGNED.matcher(value).matches())
                .map(value -> new HeldIdToken(Optional.of(value).filter(text -> !text.equals(TOO_LONG))));
    }

    void write(HttpServletRequest request, HttpServletResponse response) {
        COOKIE.write(text.orElse(TOO_LONG), request, response);
    }

    static void clear(HttpServletRequest request, HttpServletResponse response) {
        if (COOKIE.read(request).isPresent()) {
            COOKIE.clear(request, response);
        }
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "the ID token of a log-in";
    }
}
