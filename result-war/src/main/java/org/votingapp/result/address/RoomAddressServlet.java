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
import org.votingapp.result.Unavailable;
import org.votingapp.result.follow.BoardFinder;
import org.votingapp.result.follow.NoBoardException;
import org.votingapp.result.follow.RoomBoard;
import org.votingapp.result.follow.StageFinder;
import org.votingapp.result.follow.TallyBoard;
import org.votingapp.web.ClientAddress;
import org.votingapp.web.CodeGuesses;
import org.votingapp.web.ErrorAnswer;
import org.votingapp.web.MethodsServlet;
import org.votingapp.web.Problem;

/**
 * {@code GET /<code>}, {@code /<code>/present} and {@code /api/rooms/<code>/stream}: finds the room and its poll on stage, and leaves
 * the answer to the page or servlet that answers for the house room's poll. 404 without such a room, 429 for those who guess codes
 * ({@link CodeGuesses}), 503 where there is no board at the moment.
 *
 * <p>As the application's default servlet it gets what no other servlet answers (Jakarta Servlet 6.0, section 12.2), and nothing
 * else has static files here: what is no code is 404.
 */
@WebServlet(
        urlPatterns = {"/", RoomAddressServlet.API + "/*"},
        asyncSupported = true)
public final class RoomAddressServlet extends MethodsServlet {

    static final String API = "/api/rooms";

    private static final long serialVersionUID = 1L;

    private static final Pattern PATH = Pattern.compile("/([A-Za-z0-9]{" + RoomCode.LENGTH + "})(|/[a-z]{1,10})");

    /** Who answers, by what follows the code. */
    private static final Map<String, String> PAGES =
            Map.of("", "/WEB-INF/result.xhtml", "/present", "/WEB-INF/present.xhtml");

    private static final Map<String, String> DOCUMENTS = Map.of("/stream", "/api/results/stream");

    private final transient StageFinder rooms;
    private final transient BoardFinder boards;
    private final transient PollAddresses addresses;
    private final transient CodeGuesses guesses;

    /** Finds rooms and polls by these boards. */
    @Inject
    public RoomAddressServlet(StageFinder rooms, BoardFinder boards, PollAddresses addresses, CodeGuesses guesses) {
        super("GET", "HEAD");
        this.rooms = rooms;
        this.boards = boards;
        this.addresses = addresses;
        this.guesses = guesses;
    }

    /** What an address asks for: a room, and who answers for it. */
    private record Asked(RoomCode code, boolean isApi, String rest, String answerer) {}

    private static Optional<Asked> asked(HttpServletRequest request) {
        boolean isApi = request.getServletPath().equals(API);
        Matcher path =
                PATH.matcher(isApi ? Optional.ofNullable(request.getPathInfo()).orElse("") : request.getServletPath());
        return Optional.of(path)
                .filter(Matcher::matches)
                .flatMap(parts -> RoomCode.parse(parts.group(1)))
                .flatMap(code -> Optional.ofNullable((isApi ? DOCUMENTS : PAGES).get(path.group(2)))
                        .map(answerer -> new Asked(code, isApi, path.group(2), answerer)));
    }

    @Override
    protected List<String> methods(HttpServletRequest request) {
        return asked(request).isPresent() ? super.methods(request) : List.of();
    }

    @Override
    protected void doHead(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        doGet(request, response);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Asked asked = asked(request).orElseThrow();
        String client = ClientAddress.of(request);
        int wait = guesses.secondsToWait(client, asked.code());
        if (wait > 0) {
            response.setIntHeader("Retry-After", wait);
            errors().send(request, ErrorAnswer.TOO_MANY, response);
            return;
        }
        try {
            Optional<RoomBoard> room = rooms.find(asked.code());
            guesses.asked(client, asked.code(), room.isPresent());
            if (room.isPresent()) {
                answer(asked, room.get(), request, response);
            } else if (asked.isApi()) {
                Problem.of(HttpServletResponse.SC_NOT_FOUND, "No room has the code " + asked.code() + ".")
                        .send(response);
            } else {
                errors().sendUnknownRoom(request, response);
            }
        } catch (NoBoardException none) {
            if (asked.isApi()) {
                Unavailable.send(none.getMessage(), response);
            } else {
                response.setHeader("Retry-After", Unavailable.RETRY_SECONDS);
                errors().send(request, HttpServletResponse.SC_SERVICE_UNAVAILABLE, response);
            }
        }
    }

    private void answer(Asked asked, RoomBoard room, HttpServletRequest request, HttpServletResponse response)
            throws NoBoardException, ServletException, IOException {
        Optional<String> stage = room.stage();
        Optional<TallyBoard> board = stage.isPresent() ? boards.find(stage.get()) : Optional.empty();
        String root = asked.rest().isEmpty() ? "" : "../";
        addresses
                .of(board, Optional.of(room), request, asked.code().value(), root)
                .keepIn(request);
        request.getRequestDispatcher(asked.answerer()).forward(request, response);
    }
}
