package org.votingapp.organiser.web;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Logger;
import org.votingapp.organiser.account.CurrentOrganiser;
import org.votingapp.organiser.account.SessionToken;
import org.votingapp.web.ErrorAnswer;
import org.votingapp.web.RefusalLog;

/**
 * Refuses what changes something in the name of a session, unless it carries the session's token of forms in its field
 * {@value #FIELD} (OWASP, "Cross-Site Request Forgery Prevention"): another site can make a browser send a form, and cannot know
 * that token. The cookie is {@code SameSite=Strict}, and {@code Origin} is looked at before (SameOriginFilter): this is the third
 * lock of that door.
 */
public final class CsrfFilter extends HttpFilter {

    static final String FIELD = "csrf";

    private static final long serialVersionUID = 1L;

    private static final Set<String> READ = Set.of("GET", "HEAD", "OPTIONS");
    private static final RefusalLog REFUSALS = new RefusalLog(Logger.getLogger(CsrfFilter.class.getName()));

    private final transient ErrorAnswer errors;

    /** Refuses with this answer. */
    @Inject
    public CsrfFilter(ErrorAnswer errors) {
        this.errors = errors;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<SessionToken> session = CurrentOrganiser.session(request);
        if (session.isPresent()
                && !READ.contains(request.getMethod())
                && !isOfForm(session.get(), request.getParameter(FIELD))) {
            REFUSALS.warn("A form without its session's token was refused (403): %s", request.getRequestURI());
            errors.send(request, HttpServletResponse.SC_FORBIDDEN, response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean isOfForm(SessionToken session, String sent) {
        return sent != null && session.isOfForm(sent);
    }
}
