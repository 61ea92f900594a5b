package org.votingapp.vote.http;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.votingapp.web.ErrorAnswer;

/**
 * Refuses a post that another site made a browser send.
 *
 * <p>Browsers tell by {@code Sec-Fetch-Site} (Fetch Metadata Request Headers), older ones by {@code Origin} (RFC 6454).
 * A client that sends neither is not a browser and carries nobody's cookie but its own.
 */
public final class SameOriginFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    @Inject
    private transient ErrorAnswer answer;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if ("POST".equals(request.getMethod()) && !isFromHere(request)) {
            answer.send(request.getRequestURI(), HttpServletResponse.SC_FORBIDDEN, response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean isFromHere(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return "same-origin".equals(site) || "none".equals(site);
        }
        String origin = request.getHeader("Origin");
        return origin == null || authority(origin).equals(host(request));
    }

    private static String authority(String origin) {
        int slashes = origin.indexOf("//");
        return slashes < 0 ? "" : origin.substring(slashes + 2).toLowerCase(Locale.ROOT);
    }

    private static String host(HttpServletRequest request) {
        String host = request.getHeader("Host");
        return host == null ? "" : host.toLowerCase(Locale.ROOT);
    }
}
