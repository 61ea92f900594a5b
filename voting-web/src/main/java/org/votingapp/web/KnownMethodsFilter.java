package org.votingapp.web;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;

/** Refuses methods that nothing here has a use for, before anything else sees them (RFC 9110, section 15.5.6). */
public final class KnownMethodsFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private static final Set<String> KNOWN = Set.of("GET", "HEAD", "POST", "OPTIONS");

    @Inject
    private transient ErrorAnswer answer;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (KNOWN.contains(request.getMethod())) {
            chain.doFilter(request, response);
        } else {
            response.setHeader("Allow", "GET, HEAD, POST, OPTIONS");
            answer.send(request.getRequestURI(), HttpServletResponse.SC_METHOD_NOT_ALLOWED, response);
        }
    }
}
