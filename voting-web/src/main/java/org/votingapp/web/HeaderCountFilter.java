package org.votingapp.web;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Enumeration;
import java.util.logging.Logger;

/**
 * Refuses a request with more than {@value #MOST} header fields (431: RFC 6585, section 5), the limit of Apache, Envoy and
 * Tomcat.
 *
 * <p>The server's own limit is a little higher (http.xml): up to there this filter refuses in words, beyond it the server
 * refuses without any.
 */
public final class HeaderCountFilter extends HttpFilter {

    static final int MOST = 100;

    private static final long serialVersionUID = 1L;

    private static final RefusalLog LOG = new RefusalLog(Logger.getLogger(HeaderCountFilter.class.getName()));

    @Inject
    private transient ErrorAnswer answer;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        int fields = 0;
        for (Enumeration<String> names = request.getHeaderNames(); names.hasMoreElements(); names.nextElement()) {
            fields++;
        }
        if (fields > MOST) {
            LOG.warn(
                    "A request with %s header fields was refused (431): the limit is " + MOST
                            + ". The proxy in front of this server must add fewer",
                    String.valueOf(fields));
            answer.send(request, 431, response);
        } else {
            chain.doFilter(request, response);
        }
    }
}
