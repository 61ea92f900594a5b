package org.votingapp.organiser.account;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * Who sends the request. In a page: {@code #{current.name}}, {@code #{current.csrf}}.
 *
 * <p>{@link SessionMechanism} leaves it with the request, before filters and pages see that.
 */
@Named("current")
@RequestScoped
public class CurrentOrganiser {

    private static final String ORGANISER = CurrentOrganiser.class.getName();
    private static final String SESSION = ORGANISER + ".session";

    @Inject
    private HttpServletRequest request;

    static void set(HttpServletRequest request, Organiser organiser, Optional<SessionToken> session) {
        request.setAttribute(ORGANISER, organiser);
        session.ifPresent(token -> request.setAttribute(SESSION, token));
    }

    /** The session of the request; empty without one, and where a token of the API says who sends it. */
    public static Optional<SessionToken> session(HttpServletRequest request) {
        return Optional.ofNullable((SessionToken) request.getAttribute(SESSION));
    }

    /**
     * Who it is.
     *
     * @throws IllegalStateException where nobody is logged in, which happens on no closed page (web.xml)
     */
    public Organiser organiser() {
        if (!isThere()) {
            throw new IllegalStateException("nobody is logged in");
        }
        return (Organiser) request.getAttribute(ORGANISER);
    }

    /** Whether somebody is logged in. */
    public boolean isThere() {
        return request.getAttribute(ORGANISER) != null;
    }

    /** For pages: how they are called. */
    public String getName() {
        return organiser().displayName();
    }

    /** For pages. */
    public boolean isAdministrator() {
        return organiser().administrator();
    }

    /** What each form of a page carries in its hidden field {@code csrf}. */
    public String getCsrf() {
        return session(request).map(SessionToken::csrf).orElse("");
    }
}
