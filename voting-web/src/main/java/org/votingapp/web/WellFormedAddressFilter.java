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
 * Refuses a request whose path or host is not one (RFC 3986; RFC 9112, section 3.2), which the server lets pass.
 */
public final class WellFormedAddressFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    @Inject
    private transient ErrorAnswer answer;

    /** A well-formed address: mostly the next request's, too, which then need not be read again. */
    private transient volatile String lastGood = "";

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String address = request.getRequestURL().toString();
        if (!address.equals(lastGood)) {
            if (!isWellFormed(address)) {
                answer.send(request.getRequestURI(), HttpServletResponse.SC_BAD_REQUEST, response);
                return;
            }
            // Not written by each request: every processor would have to fetch it anew.
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
