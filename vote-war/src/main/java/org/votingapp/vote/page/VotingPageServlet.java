package org.votingapp.vote.page;

import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;
import org.votingapp.poll.VoterId;
import org.votingapp.vote.casting.BallotBoxUnavailableException;
import org.votingapp.vote.casting.CastOutcome;
import org.votingapp.vote.casting.CastStatus;
import org.votingapp.vote.casting.PollingStation;
import org.votingapp.vote.http.ClientAddress;
import org.votingapp.vote.http.FormBody;
import org.votingapp.vote.http.RequestBody;
import org.votingapp.vote.http.RequestBody.RefusedException;
import org.votingapp.vote.voter.VoterCookies;

/**
 * The address {@code /}: a {@code GET} shows the voting page, a {@code POST} of its form casts a vote and sends the
 * browser back to the page (303, "See Other"; RFC 9110, section 15.4.4).
 *
 * <p>The page is rendered by Faces. The form is a plain one that needs neither view state nor script, so its posts do not
 * go through the Faces lifecycle, which would have nothing to restore; what could not be recorded is shown at once, on
 * the same page, with the status that tells why.
 */
@WebServlet("")
public final class VotingPageServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final String PAGE = "/WEB-INF/vote.xhtml";

    @Inject
    private transient PollingStation station;

    @Inject
    private transient VoterCookies cookies;

    @Inject
    private transient VotingPage page;

    @Inject
    private transient RenderedPages rendered;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Optional<VoterId> voter = cookies.voterOf(request);
        if (voter.isEmpty()) {
            cookies.give(request, response);
        } else {
            show(voter.get(), request, response);
        }
        send(request, response);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (!RequestBody.isOf(FormBody.MEDIA_TYPE, request)) {
            response.sendError(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE);
            return;
        }
        Optional<String> choice;
        try {
            choice = FormBody.single(RequestBody.read(request), "vote");
        } catch (RefusedException refused) {
            response.sendError(refused.status());
            return;
        } catch (CharacterCodingException notUtf8) {
            choice = Optional.empty();
        }
        VoterId voter = cookies.voterOf(request).orElseGet(() -> cookies.give(request, response));
        CastOutcome outcome = choice.map(key -> station.cast(voter, key, ClientAddress.of(request)))
                .orElseGet(() -> CastOutcome.of(CastStatus.UNKNOWN_CHOICE, ""));
        answer(outcome, voter, request, response);
    }

    private void answer(CastOutcome outcome, VoterId voter, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        int status =
                switch (outcome.status()) {
                    case RECORDED, CHANGED, ALREADY_VOTED -> HttpServletResponse.SC_SEE_OTHER;
                    case UNKNOWN_CHOICE -> HttpServletResponse.SC_BAD_REQUEST;
                    case NOT_YET_OPEN, CLOSED -> HttpServletResponse.SC_FORBIDDEN;
                    case TOO_MANY -> 429;
                    case UNAVAILABLE -> HttpServletResponse.SC_SERVICE_UNAVAILABLE;
                };
        response.setStatus(status);
        if (status == HttpServletResponse.SC_SEE_OTHER) {
            response.setHeader("Location", "/");
            response.setHeader("Cache-Control", "no-store");
            cookies.giveReceipt(voter, outcome.choice(), request, response);
            return;
        }
        if (outcome.retryAfterSeconds() > 0) {
            response.setIntHeader("Retry-After", outcome.retryAfterSeconds());
        }
        if (outcome.status() != CastStatus.UNAVAILABLE) {
            show(voter, request, response);
        }
        page.refused(outcome);
        send(request, response);
    }

    /** Finds the choice on record: on the voter's receipt, or in the ballot box, which gives a receipt. */
    private void show(VoterId voter, HttpServletRequest request, HttpServletResponse response) {
        Optional<String> receipt = cookies.receiptOf(voter, request);
        if (receipt.isPresent()) {
            page.onRecord(receipt);
            return;
        }
        try {
            Optional<String> recorded = station.choiceOf(voter);
            recorded.ifPresent(choice -> cookies.giveReceipt(voter, choice, request, response));
            page.onRecord(recorded);
        } catch (BallotBoxUnavailableException logged) {
            page.recordUnknown();
        }
    }

    private void send(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        page.host(request.getServerName());
        Optional<RenderedPages.Key> key = page.key();
        byte[] body =
                key.isPresent() ? rendered.page(key.get(), () -> render(request, response)) : render(request, response);
        // Differs by cookie, and must be asked for again after a vote, also by the back button.
        response.setHeader("Cache-Control", "private, no-cache");
        response.setHeader("Vary", "Cookie");
        response.setContentType("text/html;charset=UTF-8");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static byte[] render(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        CapturedResponse captured = new CapturedResponse(response);
        request.getRequestDispatcher(PAGE).forward(request, captured);
        return captured.toBytes();
    }
}
