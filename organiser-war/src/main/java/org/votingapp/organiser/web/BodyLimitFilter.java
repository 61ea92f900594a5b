package org.votingapp.organiser.web;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.votingapp.web.ErrorAnswer;

/**
 * Refuses a body of more than {@value #MOST} bytes (413), and one that does not tell its length (411: RFC 9110, section
 * 15.5.12), before anybody reads it.
 */
public final class BodyLimitFilter extends HttpFilter {

    static final int MOST = 64 * 1024;

    private static final long serialVersionUID = 1L;

    private final transient ErrorAnswer errors;

    /** Refuses with this answer. */
    @Inject
    public BodyLimitFilter(ErrorAnswer errors) {
        this.errors = errors;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getHeader("Transfer-Encoding") != null) {
            refuse(HttpServletResponse.SC_LENGTH_REQUIRED, request, response);
        } else if (request.getContentLengthLong() > MOST) {
            refuse(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, request, response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private void refuse(int status, HttpServletRequest request, HttpServletResponse response) throws IOException {
        // The rest of the body would be taken for the next request.
        response.setHeader("Connection", "close");
        errors.send(request, status, response);
    }
}
