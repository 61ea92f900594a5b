package org.votingapp.vote.api;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.votingapp.vote.casting.PollDirectory;
import org.votingapp.web.MethodsServlet;

/** {@code GET /api/poll}: what is voted on in the house room. {@code META-INF/openapi.yaml} describes it. */
@WebServlet("/api/poll")
public final class PollServlet extends MethodsServlet {

    private static final long serialVersionUID = 1L;

    private final transient PollDirectory polls;

    /** Tells of the house room's poll. */
    @Inject
    public PollServlet(PollDirectory polls) {
        super("GET", "HEAD");
        this.polls = polls;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        new PollDocument().with(polls.house()).send(request, response);
    }
}
