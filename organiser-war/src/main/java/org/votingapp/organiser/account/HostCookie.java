package org.votingapp.organiser.account;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A cookie that scripts cannot read.
 *
 * <p>Over TLS, as {@link HttpServletRequest#isSecure} tells it, its name begins with {@code __Host-}: browsers take such a one
 * over TLS and from this host alone (RFC 6265bis, section 4.1.3.2). It is written as a header (decision 0032).
 *
 * @param name its name without TLS
 * @param attributes beyond those that all have
 */
record HostCookie(String name, String attributes) {

    /** What the browser sent. */
    Optional<String> read(HttpServletRequest request) {
        return Stream.ofNullable(request.getCookies())
                .flatMap(Arrays::stream)
                .filter(cookie -> cookie.getName().equals(nameFor(request)))
                .map(Cookie::getValue)
                .findFirst();
    }

    void write(String value, HttpServletRequest request, HttpServletResponse response) {
        response.addHeader("Set-Cookie", header(value, attributes, request));
    }

    void clear(HttpServletRequest request, HttpServletResponse response) {
        response.addHeader("Set-Cookie", header("", attributes + "; Max-Age=0", request));
    }

    private String header(String value, String further, HttpServletRequest request) {
        return nameFor(request) + "=" + value + "; Path=/; HttpOnly" + further + (request.isSecure() ? "; Secure" : "");
    }

    private String nameFor(HttpServletRequest request) {
        return request.isSecure() ? "__Host-" + name : name;
    }
}
