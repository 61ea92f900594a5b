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
import org.votingapp.result.Unavailable;
import org.votingapp.result.follow.BoardFinder;
import org.votingapp.result.follow.NoBoardException;
import org.votingapp.result.follow.TallyBoard;
import org.votingapp.web.MethodsServlet;
import org.votingapp.web.Problem;

/**
 * {@code GET /polls/<id>}, {@code /polls/<id>/present} and {@code /api/polls/<id>/results}, {@code .../results.csv} and
 * {@code .../results/stream}: finds the poll, and leaves the answer to the servlet or page that answers for the house room's
 * poll. 404 without such a poll, 503 where there is no board for it at the moment.
 */
@WebServlet(
        urlPatterns = {"/polls/*", PollAddressServlet.API + "/*"},
        asyncSupported = true)
public final class PollAddressServlet extends MethodsServlet {

    static final String API = "/api/polls";

    private static final long serialVersionUID = 1L;

    private static final Pattern PATH = Pattern.compile("/([a-z0-9][a-z0-9-]{0,62})(|/[a-z./]{1,20})");

    /** Who answers, by what follows the id. */
    private static final Map<String, String> PAGES =
            Map.of("", "/WEB-INF/result.xhtml", "/present", "/WEB-INF/present.xhtml");

    private static final Map<String, String> DOCUMENTS = Map.of(
            "/results", "/api/results",
            "/results.csv", "/api/results.csv",
            "/results/stream", "/api/results/stream");

    private final transient BoardFinder boards;
    private final transient PollAddresses addresses;

    /** Finds polls by these boards. */
    @Inject
    public PollAddressServlet(BoardFinder boards, PollAddresses addresses) {
        super("GET", "HEAD");
        this.boards = boards;
        this.addresses = addresses;
    }

    @Override
    protected void doHead(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        doGet(request, response);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        boolean isApi = request.getServletPath().equals(API);
        Matcher path = PATH.matcher(Optional.ofNullable(request.getPathInfo()).orElse(""));
        String answerer = path.matches() ? (isApi ? DOCUMENTS : PAGES).get(path.group(2)) : null;
        if (answerer == null) {
            errors().send(request, HttpServletResponse.SC_NOT_FOUND, response);
            return;
        }
        String id = path.group(1);
        try {
            Optional<TallyBoard> board = boards.find(id);
            if (board.isPresent()) {
                String root = path.group(2).isEmpty() ? "../" : "../../";
                addresses
                        .of(board, Optional.empty(), request, "polls/" + id, root)
                        .keepIn(request);
                request.getRequestDispatcher(answerer).forward(request, response);
            } else if (isApi) {
                Problem.of(HttpServletResponse.SC_NOT_FOUND, "There is no poll " + id + ".")
                        .send(response);
            } else {
                errors().send(request, HttpServletResponse.SC_NOT_FOUND, response);
            }
        } catch (NoBoardException none) {
            if (isApi) {
                Unavailable.send(none.getMessage(), response);
            } else {
                response.setHeader("Retry-After", Unavailable.RETRY_SECONDS);
                errors().send(request, HttpServletResponse.SC_SERVICE_UNAVAILABLE, response);
            }
        }
    }
}
