package org.votingapp.result.address;

import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.votingapp.poll.RoomCode;
import org.votingapp.result.follow.BoardFinder;
import org.votingapp.result.follow.NoBoardException;
import org.votingapp.result.follow.RoomBoard;
import org.votingapp.result.follow.StageFinder;
import org.votingapp.result.follow.TallyBoard;
import org.votingapp.web.ClientAddress;
import org.votingapp.web.CodeGuesses;
import org.votingapp.web.ErrorAnswer;

/**
 * {@code GET /<code>}, {@code /<code>/present}, {@code /api/rooms/<code>/results} and {@code .../stream}: finds the room and its
 * poll on stage. 404 without such a room, and for documents while nothing is on stage; 410 where it is deleted, 429 for those who
 * guess codes ({@link CodeGuesses}).
 *
 * <p>As the application's default servlet it gets what no other servlet answers (Jakarta Servlet 6.0, section 12.2), and nothing
 * else has static files here: what is no code is 404.
 */
@WebServlet(
        urlPatterns = {"/", "/api/rooms/*"},
        asyncSupported = true)
public final class RoomAddressServlet extends AddressServlet {

    private static final long serialVersionUID = 1L;

    private static final Pattern PATH = Pattern.compile("/([A-Za-z0-9]{" + RoomCode.LENGTH + "})(|/[a-z]{1,10})");

    private static final Map<String, String> DOCUMENTS =
            Map.of("/results", "/api/results", "/stream", "/api/results/stream");

    private final transient StageFinder rooms;
    private final transient BoardFinder boards;
    private final transient PollAddresses addresses;
    private final transient CodeGuesses guesses;

    /** Finds rooms and polls by these boards. */
    @Inject
    public RoomAddressServlet(StageFinder rooms, BoardFinder boards, PollAddresses addresses, CodeGuesses guesses) {
        this.rooms = rooms;
        this.boards = boards;
        this.addresses = addresses;
        this.guesses = guesses;
    }

    /** What an address asks for: a room, what follows its code, and who answers for it. */
    private record Asked(RoomCode code, String rest, String answerer) {}

    private static Optional<Asked> asked(HttpServletRequest request) {
        Matcher path = PATH.matcher(
                isApi(request) ? Optional.ofNullable(request.getPathInfo()).orElse("") : request.getServletPath());
        return Optional.of(path)
                .filter(Matcher::matches)
                .flatMap(parts -> RoomCode.parse(parts.group(1)))
                .flatMap(code -> answerer(request, path.group(2), DOCUMENTS)
                        .map(answerer -> new Asked(code, path.group(2), answerer)));
    }

    @Override
    protected List<String> methods(HttpServletRequest request) {
        return asked(request).isPresent() ? super.methods(request) : List.of();
    }

    @Override
    void answer(HttpServletRequest request, HttpServletResponse response)
            throws NoBoardException, ServletException, IOException {
        Asked asked = asked(request).orElseThrow();
        String client = ClientAddress.of(request);
        int wait = guesses.secondsToWait(client, asked.code());
        if (wait > 0) {
            response.setIntHeader("Retry-After", wait);
            errors().send(request, ErrorAnswer.TOO_MANY, response);
            return;
        }
        Optional<RoomBoard> room = rooms.find(asked.code());
        guesses.asked(client, asked.code(), room.isPresent());
        if (room.filter(RoomBoard::isDeleted).isPresent()) {
            errors().send(request, HttpServletResponse.SC_GONE, response);
        } else if (room.isPresent()) {
            Optional<String> stage = room.get().stage();
            if (stage.isEmpty() && isApi(request)) {
                sendProblem("Nothing is on stage in the room " + asked.code() + ".", response);
                return;
            }
            Optional<TallyBoard> board = stage.isPresent() ? boards.find(stage.get()) : Optional.empty();
            String root = asked.rest().isEmpty() ? "" : "../";
            forward(
                    addresses.of(board, room, request, asked.code().value(), root),
                    asked.answerer(),
                    request,
                    response);
        } else if (isApi(request)) {
            sendProblem("No room has the code " + asked.code() + ".", response);
        } else {
            errors().sendUnknownRoom(request, response);
        }
    }
}
