package org.votingapp.vote.api;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.votingapp.vote.casting.OfferedPoll;
import org.votingapp.vote.casting.PollDirectory;
import org.votingapp.web.MethodsServlet;
import org.votingapp.web.Problem;

/**
 * {@code GET /api/polls/<id>} tells of a poll, {@code POST /api/polls/<id>/votes} casts a vote in it ({@link CastByApi}), whether it
 * is on stage or not. {@code META-INF/openapi.yaml} describes them.
 */
@WebServlet(urlPatterns = "/api/polls/*", asyncSupported = true)
public final class PollByIdServlet extends MethodsServlet {

    private static final long serialVersionUID = 1L;

    private static final Pattern PATH = Pattern.compile("/([a-z0-9][a-z0-9-]{0,62})(/votes)?");

    private final transient PollDirectory polls;
    private final transient CastByApi cast;

    /** Knows these polls. */
    @Inject
    public PollByIdServlet(PollDirectory polls, CastByApi cast) {
        this.polls = polls;
        this.cast = cast;
    }

    @Override
    protected List<String> methods(HttpServletRequest request) {
        Matcher path = path(request);
        if (!path.matches()) {
            return List.of();
        }
        return path.group(2) == null ? List.of("GET", "HEAD") : List.of("POST");
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<OfferedPoll> poll = find(request, response);
        if (poll.isPresent()) {
            new PollDocument().with(poll.get()).send(request, response);
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<OfferedPoll> poll = find(request, response);
        if (poll.isPresent()) {
            cast.answer(poll.get(), request, response);
        }
    }

    /** The poll; empty where the answer is sent. */
    private Optional<OfferedPoll> find(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Matcher path = path(request);
        Optional<OfferedPoll> poll = path.matches() ? polls.poll(path.group(1)) : Optional.empty();
        if (poll.isPresent() && polls.isDeleted(path.group(1))) {
            errors().send(request, HttpServletResponse.SC_GONE, response);
            return Optional.empty();
        }
        if (poll.isEmpty()) {
            Problem.of(HttpServletResponse.SC_NOT_FOUND, "There is no poll with this id")
                    .send(response);
        }
        return poll;
    }

    private static Matcher path(HttpServletRequest request) {
        return PATH.matcher(Optional.ofNullable(request.getPathInfo()).orElse(""));
    }
}
