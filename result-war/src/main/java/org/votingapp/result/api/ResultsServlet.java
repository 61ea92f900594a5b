package org.votingapp.result.api;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.votingapp.result.Unavailable;
import org.votingapp.result.address.PollAddress;
import org.votingapp.result.address.PollAddresses;
import org.votingapp.result.follow.TallyBoard;
import org.votingapp.result.tally.Document;
import org.votingapp.result.tally.HiddenResult;
import org.votingapp.result.tally.PublishedTally;
import org.votingapp.result.tally.ResultView;
import org.votingapp.web.EntityTag;
import org.votingapp.web.MethodsServlet;

/**
 * {@code GET /api/results} and {@code /api/results.csv}: the newest tally of the poll at the {@link PollAddress}. {@code
 * META-INF/openapi.yaml} describes it.
 *
 * <ul>
 *   <li>{@code ETag}: a client that has this tally gets 304 (RFC 9110, section 13.1.2).
 *   <li>{@code Age}: the seconds since the tally was last read from Postgres (RFC 9111, section 5.1).
 *   <li>A hidden result is 403, and the problem document says when it shows and how many have voted.
 *   <li>{@code Accept} is ignored: each address has one form (RFC 9110, section 12.4.1).
 * </ul>
 */
@WebServlet({ResultsServlet.AS_JSON, ResultsServlet.AS_CSV})
public final class ResultsServlet extends MethodsServlet {

    static final String AS_JSON = "/api/results";
    static final String AS_CSV = "/api/results.csv";

    private static final long serialVersionUID = 1L;

    private final transient PollAddresses addresses;

    /** Answers with what the boards of these polls show. */
    @Inject
    public ResultsServlet(PollAddresses addresses) {
        super("GET", "HEAD");
        this.addresses = addresses;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        PollAddress asked = addresses.of(request);
        Optional<ResultView> result = asked.newest();
        if (result.isEmpty()) {
            Unavailable.sendNoTally(response);
            return;
        }
        response.setHeader(
                "Age",
                String.valueOf(
                        asked.board().flatMap(TallyBoard::age).orElseThrow().toSeconds()));
        if (result.get() instanceof HiddenResult hidden) {
            hidden.problem().send(response);
        } else if (result.get() instanceof PublishedTally tally) {
            if (request.getServletPath().equals(AS_CSV)) {
                send(tally.csv(), "text/csv;charset=UTF-8;header=present", request, response);
            } else {
                send(tally.json(), "application/json", request, response);
            }
        }
    }

    private void send(Document document, String mediaType, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setHeader("ETag", '"' + document.tag() + '"');
        response.setHeader("Cache-Control", "no-cache");
        if (EntityTag.isKnownTo(request, document.tag())) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
        } else {
            response.setContentType(mediaType);
            response.setContentLength(document.content().length);
            response.getOutputStream().write(document.content());
        }
    }
}
