package org.votingapp.web;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Refuses a request with a malformed path or host (400: RFC 3986; RFC 9112, section 3.2), which the server lets through.
 */
public final class WellFormedAddressFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    @Inject
    private transient ErrorAnswer answer;

    /** The last well-formed address: most requests have the same one, which needs no second check. */
    private transient volatile String lastGood = "";

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String address = request.getRequestURL().toString();
        if (!address.equals(lastGood)) {
            if (!isWellFormed(address)) {
                answer.send(request, HttpServletResponse.SC_BAD_REQUEST, response);
                return;
            }
            // Written only when it changes: each write costs every processor its cached copy.
            lastGood = address;
        }
        chain.doFilter(request, response);
    }

    private static boolean isWellFormed(String address) {
        try {
            new URI(address);
            return true;
        } catch (URISyntaxException notAnAddress) {
            return false;
        }
    }
}
