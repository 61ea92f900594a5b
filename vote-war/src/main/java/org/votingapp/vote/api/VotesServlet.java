package org.votingapp.vote.api;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.votingapp.vote.casting.PollDirectory;
import org.votingapp.web.MethodsServlet;

/** {@code POST /api/votes} casts a vote in the house room's poll ({@link CastByApi}). */
@WebServlet(urlPatterns = "/api/votes", asyncSupported = true)
public final class VotesServlet extends MethodsServlet {

    private static final long serialVersionUID = 1L;

    private final transient PollDirectory polls;
    private final transient CastByApi cast;

    /** Takes votes. */
    @Inject
    public VotesServlet(PollDirectory polls, CastByApi cast) {
        super("POST");
        this.polls = polls;
        this.cast = cast;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        cast.answer(polls.house(), request, response);
    }
}
