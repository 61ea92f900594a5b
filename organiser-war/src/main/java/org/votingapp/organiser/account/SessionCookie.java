package org.votingapp.organiser.account;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;

/**
 * The cookie of a log-in. Scripts cannot read it, other sites cannot make a browser send it, and it goes when the browser is
 * closed.
 *
 * <p>Over TLS, as {@link HttpServletRequest#isSecure} tells it, its name begins with {@code __Host-}: browsers take such a one
 * over TLS and from this host alone (RFC 6265bis, section 4.1.3.2). It is written as a header (decision 0032).
 */
final class SessionCookie {

    static final String NAME = "organiser";
    static final String SECURE_NAME = "__Host-" + NAME;

    private static final String ATTRIBUTES = "; Path=/; HttpOnly; SameSite=Strict";

    private SessionCookie() {}

    /** The token that the browser sent. */
    static Optional<SessionToken> read(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (cookie.getName().equals(name(request))) {
                    return SessionToken.parse(cookie.getValue());
                }
            }
        }
        return Optional.empty();
    }

    static void write(SessionToken token, HttpServletRequest request, HttpServletResponse response) {
        response.addHeader("Set-Cookie", cookie(token.written(), request));
    }

    static void clear(HttpServletRequest request, HttpServletResponse response) {
        response.addHeader("Set-Cookie", cookie("", request) + "; Max-Age=0");
    }

    private static String cookie(String value, HttpServletRequest request) {
        return name(request) + "=" + value + ATTRIBUTES + (request.isSecure() ? "; Secure" : "");
    }

    private static String name(HttpServletRequest request) {
        return request.isSecure() ? SECURE_NAME : NAME;
    }
}
