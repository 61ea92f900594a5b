package org.votingapp.vote.page;

import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Sends the voting page whose content had to be waited for ({@link VotingPageAnswer#sendLater}).
 *
 * <p>The container refuses requests below {@code /WEB-INF/} and dispatches there (Jakarta Servlet 6.0, section 10.5).
 */
@WebServlet(urlPatterns = LateVotingPageServlet.PATH, asyncSupported = true)
public final class LateVotingPageServlet extends HttpServlet {

    static final String PATH = "/WEB-INF/late-voting-page";
    /** The request's attribute with the {@link PageContent}. */
    static final String CONTENT = PageContent.class.getName();
    /** The request's attribute with the {@link VotingPlace}. */
    static final String PLACE = VotingPlace.class.getName();

    private static final long serialVersionUID = 1L;

    private final transient VotingPageAnswer pages;

    /** Sends these pages. */
    @Inject
    public LateVotingPageServlet(VotingPageAnswer pages) {
        this.pages = pages;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        pages.send(
                (VotingPlace) request.getAttribute(PLACE),
                (PageContent) request.getAttribute(CONTENT),
                request,
                response);
    }
}
