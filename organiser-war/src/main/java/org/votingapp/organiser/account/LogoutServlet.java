package org.votingapp.organiser.account;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.votingapp.organiser.store.StoredSessions;
import org.votingapp.web.MethodsServlet;

/** {@code POST /logout}: ends this session, and with {@code everywhere} all of this organiser's; then shows the log-in page. */
@WebServlet("/logout")
public final class LogoutServlet extends MethodsServlet {

    private static final long serialVersionUID = 1L;

    private final transient StoredSessions sessions;

    /** Ends these sessions. */
    @Inject
    public LogoutServlet(StoredSessions sessions) {
        super("POST");
        this.sessions = sessions;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<SessionToken> session = CurrentOrganiser.session(request);
        if (request.getParameter("everywhere") != null) {
            sessions.endAll(request.getUserPrincipal().getName());
        } else {
            session.ifPresent(token -> sessions.end(token.hash()));
        }
        SessionCookie.clear(request, response);
        // Pages in the browser's own history, too.
        response.setHeader("Clear-Site-Data", "\"cache\"");
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", "./login");
    }
}
