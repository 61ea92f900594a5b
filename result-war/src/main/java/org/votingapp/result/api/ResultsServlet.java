package org.votingapp.result.api;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Optional;
import org.votingapp.result.Unavailable;
import org.votingapp.result.follow.TallyBoard;
import org.votingapp.result.follow.Vitals;
import org.votingapp.result.tally.Document;
import org.votingapp.result.tally.PublishedTally;
import org.votingapp.web.MethodsServlet;

/**
 * {@code GET /api/results} and {@code /api/results.csv}: the newest tally, as a document that a client may keep and ask
 * about by its tag (RFC 9110, section 13.1.2), with the seconds since it was last seen to be what Postgres holds (RFC
 * 9111, section 5.1). {@code META-INF/openapi.yaml} describes it.
 *
 * <p>Each address has one form, which is sent whatever {@code Accept} says (RFC 9110, section 12.4.1).
 */
@WebServlet({ResultsServlet.AS_JSON, ResultsServlet.AS_CSV})
public final class ResultsServlet extends MethodsServlet {

    static final String AS_JSON = "/api/results";
    static final String AS_CSV = "/api/results.csv";

    private static final long serialVersionUID = 1L;

    private final transient TallyBoard board;
    private final transient Vitals vitals;

    /** Answers with what hangs on the board. */
    @Inject
    public ResultsServlet(TallyBoard board, Vitals vitals) {
        super("GET", "HEAD");
        this.board = board;
        this.vitals = vitals;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<PublishedTally> tally = board.newest();
        if (tally.isEmpty()) {
            Unavailable.sendNoTally(response);
        } else if (request.getServletPath().equals(AS_CSV)) {
            send(tally.get().csv(), "text/csv;charset=UTF-8;header=present", request, response);
        } else {
            send(tally.get().json(), "application/json", request, response);
        }
    }

    private void send(Document document, String mediaType, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setHeader("ETag", '"' + document.tag() + '"');
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("Age", String.valueOf(vitals.tallyAge().orElseThrow().toSeconds()));
        if (knows(request, document.tag())) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
        } else {
            response.setContentType(mediaType);
            response.setContentLength(document.content().length);
            response.getOutputStream().write(document.content());
        }
    }

    /**
     * Whether a client has what the tag stands for, also where a proxy has made its tag a weak one.
     *
     * <p>Opaque tags hold no quotation marks, so the quoted tag is found only where it is a member of the list.
     */
    private static boolean knows(HttpServletRequest request, String tag) {
        return Collections.list(request.getHeaders("If-None-Match")).stream()
                .anyMatch(known -> known.strip().equals("*") || known.contains('"' + tag + '"'));
    }
}
