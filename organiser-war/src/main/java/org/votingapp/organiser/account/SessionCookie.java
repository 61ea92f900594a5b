package org.votingapp.organiser.account;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;

/**
 * The cookie of a log-in. Scripts cannot read it, other sites cannot make a browser send it, and it goes when the browser is
 * closed.
 */
final class SessionCookie {

    private static final HostCookie COOKIE = new HostCookie("organiser", "; SameSite=Strict");

    private SessionCookie() {}

    /** The token that the browser sent. */
    static Optional<SessionToken> read(HttpServletRequest request) {
        return COOKIE.read(request).flatMap(SessionToken::parse);
    }

    static void write(SessionToken token, HttpServletRequest request, HttpServletResponse response) {
        COOKIE.write(token.written(), request, response);
    }

    static void clear(HttpServletRequest request, HttpServletResponse response) {
        COOKIE.clear(request, response);
    }
}
