package org.votingapp.result.address;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.votingapp.result.Unavailable;
import org.votingapp.result.follow.NoBoardException;
import org.votingapp.web.MethodsServlet;
import org.votingapp.web.Problem;

/**
 * An address of a poll: finds the poll, and leaves the answer to the page or servlet that answers for the house room's poll. 503
 * where there is no board at the moment. Addresses below {@code /api} answer with problem documents, others with pages.
 */
abstract class AddressServlet extends MethodsServlet {

    private static final long serialVersionUID = 1L;

    private static final Map<String, String> PAGES =
            Map.of("", "/WEB-INF/result.xhtml", "/present", "/WEB-INF/present.xhtml");

    AddressServlet() {
        super("GET", "HEAD");
    }

    /** Finds the poll, and answers. */
    abstract void answer(HttpServletRequest request, HttpServletResponse response)
            throws NoBoardException, ServletException, IOException;

    static boolean isApi(HttpServletRequest request) {
        return request.getServletPath().startsWith("/api/");
    }

    /** Who answers, by what follows the poll or the room in the address; empty for unknown addresses. */
    static Optional<String> answerer(HttpServletRequest request, String rest, Map<String, String> documents) {
        return Optional.ofNullable((isApi(request) ? documents : PAGES).get(rest));
    }

    static void forward(PollAddress found, String answerer, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        found.keepIn(request);
        request.getRequestDispatcher(answerer).forward(request, response);
    }

    static void sendProblem(String unknown, HttpServletResponse response) throws IOException {
        Problem.of(HttpServletResponse.SC_NOT_FOUND, unknown).send(response);
    }

    @Override
    protected final void doHead(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        doGet(request, response);
    }

    @Override
    protected final void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        try {
            answer(request, response);
        } catch (NoBoardException none) {
            if (isApi(request)) {
                Unavailable.send(none.getMessage(), response);
            } else {
                response.setHeader("Retry-After", Unavailable.RETRY_SECONDS);
                errors().send(request, HttpServletResponse.SC_SERVICE_UNAVAILABLE, response);
            }
        }
    }
}
