package org.votingapp.organiser.account;

import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.votingapp.organiser.store.StoredSessions;
import org.votingapp.web.MethodsServlet;

/**
 * {@code POST /logout}: ends this session, and with {@code everywhere} all of this organiser's; then shows the log-in page. Where the
 * session began at the provider, that page leads on to the log-out there.
 */
@WebServlet("/logout")
public final class LogoutServlet extends MethodsServlet {

    private static final long serialVersionUID = 1L;

    private final transient StoredSessions sessions;
    private final transient OpenIdLogIn openId;

    /** Ends these sessions. */
    @Inject
    public LogoutServlet(StoredSessions sessions, OpenIdLogIn openId) {
        super("POST");
        this.sessions = sessions;
        this.openId = openId;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        Optional<SessionToken> session = CurrentOrganiser.session(request);
        if (request.getParameter("everywhere") != null) {
            sessions.endAll(request.getUserPrincipal().getName());
        } else {
            session.ifPresent(token -> sessions.end(token.hash()));
        }
        SessionCookie.clear(request, response);
        // Pages in the browser's own history, too.
        response.setHeader("Clear-Site-Data", "\"cache\"");
        Optional<URI> provider = HeldIdToken.read(request)
                .flatMap(held -> openId.end(held, OpenIdServlet.absolute(request, LoginPage.ADDRESS)));
        HeldIdToken.clear(request, response);
        if (provider.isPresent()) {
            LoginPage.showLeaving(provider.get(), request, response);
            return;
        }
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", "./login");
    }
}
