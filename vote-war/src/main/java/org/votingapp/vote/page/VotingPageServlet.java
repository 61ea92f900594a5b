package org.votingapp.vote.page;

import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.votingapp.vote.casting.PollDirectory;
import org.votingapp.web.MethodsServlet;

/** The address {@code /}, of the house room: {@code GET} shows the page ({@link ShowVotingPage}), {@code POST} casts a vote ({@link CastByForm}). */
@WebServlet(urlPatterns = "", asyncSupported = true)
public final class VotingPageServlet extends MethodsServlet {

    private static final long serialVersionUID = 1L;

    private final transient PollDirectory polls;
    private final transient ShowVotingPage show;
    private final transient CastByForm cast;

    /** A servlet that leaves its work to these. */
    @Inject
    public VotingPageServlet(PollDirectory polls, ShowVotingPage show, CastByForm cast) {
        super("GET", "HEAD", "POST");
        this.polls = polls;
        this.show = show;
        this.cast = cast;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        show.answer(house(), request, response);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        cast.answer(house(), request, response);
    }

    private VotingPlace house() {
        return new VotingPlace(Optional.empty(), polls.house());
    }
}
