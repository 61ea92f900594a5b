package org.votingapp.vote.page;

import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.votingapp.web.MethodsServlet;

/** The address {@code /}: {@code GET} shows the page ({@link ShowVotingPage}), {@code POST} casts a vote ({@link CastByForm}). */
@WebServlet(urlPatterns = "", asyncSupported = true)
public final class VotingPageServlet extends MethodsServlet {

    private static final long serialVersionUID = 1L;

    private final transient ShowVotingPage show;
    private final transient CastByForm cast;

    /** A servlet that leaves its work to these two. */
    @Inject
    public VotingPageServlet(ShowVotingPage show, CastByForm cast) {
        super("GET", "HEAD", "POST");
        this.show = show;
        this.cast = cast;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        show.answer(request, response);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        cast.answer(request, response);
    }
}
