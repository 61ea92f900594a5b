package org.votingapp.result.address;

import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.votingapp.result.follow.BoardFinder;
import org.votingapp.result.follow.NoBoardException;
import org.votingapp.result.follow.TallyBoard;

/**
 * {@code GET /polls/<id>}, {@code /polls/<id>/present} and {@code /api/polls/<id>/results}, {@code .../results.csv} and
 * {@code .../results/stream}. 404 without such a poll, 410 where it is deleted.
 */
@WebServlet(
        urlPatterns = {"/polls/*", "/api/polls/*"},
        asyncSupported = true)
public final class PollAddressServlet extends AddressServlet {

    private static final long serialVersionUID = 1L;

    private static final Pattern PATH = Pattern.compile("/([a-z0-9][a-z0-9-]{0,62})(|/[a-z./]{1,20})");

    private static final Map<String, String> DOCUMENTS = Map.of(
            "/results", "/api/results",
            "/results.csv", "/api/results.csv",
            "/results/stream", "/api/results/stream");

    private final transient BoardFinder boards;
    private final transient PollAddresses addresses;

    /** Finds polls by these boards. */
    @Inject
    public PollAddressServlet(BoardFinder boards, PollAddresses addresses) {
        this.boards = boards;
        this.addresses = addresses;
    }

    @Override
    void answer(HttpServletRequest request, HttpServletResponse response)
            throws NoBoardException, ServletException, IOException {
        Matcher path = PATH.matcher(Optional.ofNullable(request.getPathInfo()).orElse(""));
        Optional<String> answerer = path.matches() ? answerer(request, path.group(2), DOCUMENTS) : Optional.empty();
        if (answerer.isEmpty()) {
            errors().send(request, HttpServletResponse.SC_NOT_FOUND, response);
            return;
        }
        String id = path.group(1);
        Optional<TallyBoard> board = boards.find(id);
        if (board.filter(TallyBoard::isDeleted).isPresent()) {
            errors().send(request, HttpServletResponse.SC_GONE, response);
        } else if (board.isPresent()) {
            String root = path.group(2).isEmpty() ? "../" : "../../";
            forward(
                    addresses.of(board, Optional.empty(), request, "polls/" + id, root),
                    answerer.get(),
                    request,
                    response);
        } else if (isApi(request)) {
            sendProblem("There is no poll " + id + ".", response);
        } else {
            errors().send(request, HttpServletResponse.SC_NOT_FOUND, response);
        }
    }
}
