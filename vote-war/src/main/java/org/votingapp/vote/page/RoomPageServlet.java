package org.votingapp.vote.page;

import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.votingapp.poll.Room;
import org.votingapp.poll.RoomCode;
import org.votingapp.vote.casting.OfferedPoll;
import org.votingapp.vote.casting.PollDirectory;
import org.votingapp.vote.casting.RoomFinder;
import org.votingapp.web.ClientAddress;
import org.votingapp.web.ErrorAnswer;
import org.votingapp.web.MethodsServlet;

/**
 * The addresses {@code /<code>} of rooms, in any case: {@code GET} shows the page of the poll on stage ({@link ShowVotingPage}),
 * {@code POST} casts a vote there ({@link CastByForm}). 404 without such a room, 410 where it is deleted, 429 for those who guess codes
 * ({@link RoomFinder}).
 *
 * <p>As the application's default servlet it gets what no other servlet answers (Jakarta Servlet 6.0, section 12.2), and
 * nothing else has static files here: what is no code is 404.
 */
@WebServlet(urlPatterns = "/", asyncSupported = true)
public final class RoomPageServlet extends MethodsServlet {

    private static final long serialVersionUID = 1L;

    private final transient RoomFinder rooms;
    private final transient PollDirectory polls;
    private final transient ShowVotingPage show;
    private final transient CastByForm cast;
    private final transient VotingPageAnswer pages;

    /** A servlet that leaves its work to these. */
    @Inject
    public RoomPageServlet(
            RoomFinder rooms, PollDirectory polls, ShowVotingPage show, CastByForm cast, VotingPageAnswer pages) {
        super("GET", "HEAD", "POST");
        this.rooms = rooms;
        this.polls = polls;
        this.show = show;
        this.cast = cast;
        this.pages = pages;
    }

    @Override
    protected List<String> methods(HttpServletRequest request) {
        return code(request).isPresent() ? super.methods(request) : List.of();
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        answer(false, request, response);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        answer(true, request, response);
    }

    private void answer(boolean isVote, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Optional<Room> room = find(request, response);
        Optional<OfferedPoll> offered = room.flatMap(polls::onStage);
        if (offered.isPresent()) {
            VotingPlace place = new VotingPlace(room, offered.get());
            if (isVote) {
                cast.answer(place, request, response);
            } else {
                show.answer(place, request, response);
            }
        } else if (room.isPresent()) {
            sendWithoutPoll(new EmptyRoom(room.get(), isVote), request, response);
        }
    }

    private static Optional<RoomCode> code(HttpServletRequest request) {
        return RoomCode.parse(request.getServletPath().substring(1));
    }

    /** The room; empty where the answer is sent. */
    private Optional<Room> find(HttpServletRequest request, HttpServletResponse response) throws IOException {
        RoomFinder.Found found = rooms.find(code(request).orElseThrow(), ClientAddress.of(request));
        if (found.retryAfterSeconds() > 0) {
            response.setIntHeader("Retry-After", found.retryAfterSeconds());
            errors().send(request, ErrorAnswer.TOO_MANY, response);
        } else if (found.room().isEmpty()) {
            errors().sendUnknownRoom(request, response);
        } else if (found.room().get().deleted()) {
            errors().send(request, HttpServletResponse.SC_GONE, response);
            return Optional.empty();
        }
        return found.room();
    }

    private void sendWithoutPoll(EmptyRoom empty, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (empty.room().stage().isPresent()) {
            // Its definition follows, or is malformed.
            response.setIntHeader("Retry-After", OfferedPoll.RETRY_SECONDS);
            errors().send(request, HttpServletResponse.SC_SERVICE_UNAVAILABLE, response);
        } else {
            if (empty.refused()) {
                response.setStatus(HttpServletResponse.SC_CONFLICT);
            }
            pages.sendEmpty(empty, request, response);
        }
    }
}
