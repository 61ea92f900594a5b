package org.votingapp.vote.page;

import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.votingapp.poll.VoterId;
import org.votingapp.vote.casting.CastOutcome;
import org.votingapp.vote.casting.CastStatus;
import org.votingapp.vote.casting.PollingStation;
import org.votingapp.vote.http.AsyncDispatcher;
import org.votingapp.vote.http.ClientAddress;
import org.votingapp.vote.http.FormBody;
import org.votingapp.vote.http.LaterAnswer;
import org.votingapp.vote.http.RequestBodies;
import org.votingapp.vote.http.RequestBody;
import org.votingapp.vote.http.RequestBody.RefusedException;
import org.votingapp.vote.page.PageContent.Notice;
import org.votingapp.vote.voter.KnownVoter;
import org.votingapp.vote.voter.VoterCookies;
import org.votingapp.web.MethodsServlet;

/**
 * The address {@code /}: a {@code GET} shows the voting page, a {@code POST} of its form casts a vote and sends the
 * browser back to the page (303, "See Other"; RFC 9110, section 15.4.4).
 *
 * <p>The page is rendered by Faces. The form is a plain one that needs neither view state nor script, so its posts do not
 * go through the Faces lifecycle, which would have nothing to restore; what could not be recorded is shown at once, on
 * the same page, with the status that tells why. A browser that keeps no cookies is told so on the page that it is sent
 * back to.
 */
@WebServlet(urlPatterns = "", asyncSupported = true)
public final class VotingPageServlet extends MethodsServlet {

    private static final long serialVersionUID = 1L;

    private static final String PAGE = "/WEB-INF/vote.xhtml";
    private static final String CONTENT = PageContent.class.getName();

    /** The query with which a voter who was given a cookie with a vote comes back, so that it shows whether it was kept. */
    private static final String AFTER_VOTE = "voted";
    /** This page, relative to itself (RFC 9110, section 10.2.2): a proxy may have put it below a path. */
    private static final String HERE = "./";

    @Inject
    private transient RequestBodies bodies;

    @Inject
    private transient AsyncDispatcher dispatcher;

    @Inject
    private transient PollingStation station;

    @Inject
    private transient VoterCookies cookies;

    @Inject
    private transient VotingPage page;

    @Inject
    private transient RenderedPages rendered;

    @Inject
    private transient ResultLink resultLink;

    /** What became of a vote, and the page to be shown at once where it was refused. */
    private record Answered(CastOutcome outcome, Optional<PageContent> page) {}

    /** Shows the page, and takes its form. */
    public VotingPageServlet() {
        super("GET", "HEAD", "POST");
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (request.getAttribute(CONTENT) instanceof PageContent known) {
            sendKnown(known, request, response);
            return;
        }
        boolean afterVote = AFTER_VOTE.equals(request.getQueryString());
        Optional<KnownVoter> known = cookies.find(request);
        if (known.isEmpty()) {
            cookies.give(request, response);
            send(
                    PageContent.of(afterVote ? Notice.NO_COOKIE : Notice.NONE, request.getServerName()),
                    request,
                    response);
            return;
        }
        KnownVoter voter = known.get();
        cookies.renew(voter, request, response);
        if (afterVote) {
            seeOther(HERE, response);
        } else if (cookies.onRecord(voter).isPresent()) {
            if (!voter.current()) {
                cookies.giveReceipt(voter.id(), voter.receipt().get(), request, response);
            }
            send(PageContent.of(voter.receipt(), request.getServerName()), request, response);
        } else {
            LaterAnswer.whenKnown(
                    lookUp(voter.id(), request.getServerName()), request, response, errors(), this::sendLater);
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (request.getAttribute(CONTENT) instanceof PageContent known) {
            sendKnown(known, request, response);
            return;
        }
        if (!RequestBody.isOf(FormBody.MEDIA_TYPE, request)) {
            response.sendError(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE);
            return;
        }
        Optional<RequestBody> body = bodies.of(request, response);
        if (body.isEmpty()) {
            return;
        }
        Optional<String> choice;
        try {
            choice = FormBody.single(body.get().text(), "vote");
        } catch (RefusedException refused) {
            if (refused.retryAfterSeconds() > 0) {
                response.setIntHeader("Retry-After", refused.retryAfterSeconds());
            }
            response.sendError(refused.status());
            return;
        } catch (CharacterCodingException notUtf8) {
            choice = Optional.empty();
        }
        Optional<KnownVoter> known = cookies.find(request);
        known.ifPresent(voter -> cookies.renew(voter, request, response));
        VoterId voter = known.map(KnownVoter::id).orElseGet(() -> cookies.give(request, response));
        Optional<String> receipt = known.flatMap(cookies::onRecord);
        CompletionStage<CastOutcome> vote = choice.map(key -> station.cast(voter, key, ClientAddress.of(request)))
                .orElseGet(() -> CompletableFuture.completedStage(CastOutcome.of(CastStatus.UNKNOWN_CHOICE, "")));
        LaterAnswer.whenKnown(
                vote.thenCompose(outcome -> answerTo(outcome, voter, receipt, request.getServerName())),
                request,
                response,
                errors(),
                (answered, waiting) -> {
                    if (answered.page().isPresent()) {
                        refuse(answered.outcome(), response);
                        sendLater(answered.page().get(), waiting);
                    } else {
                        seeOther(known.isPresent() ? HERE : HERE + "?" + AFTER_VOTE, response);
                        cookies.giveReceipt(voter, answered.outcome().choice(), request, response);
                        waiting.complete();
                    }
                });
    }

    /** @param receipt the choice on record, where the voter's receipt tells it */
    private CompletionStage<Answered> answerTo(
            CastOutcome outcome, VoterId voter, Optional<String> receipt, String host) {
        return switch (outcome.status()) {
            case RECORDED, CHANGED, ALREADY_VOTED ->
                CompletableFuture.completedStage(new Answered(outcome, Optional.empty()));
            // Who did not answer is not asked again; the receipt is at hand.
            case UNAVAILABLE ->
                CompletableFuture.completedStage(new Answered(
                        outcome, Optional.of(PageContent.of(receipt, host).after(outcome))));
            default ->
                (receipt.isPresent()
                                ? CompletableFuture.completedStage(PageContent.of(receipt, host))
                                : lookUp(voter, host))
                        .thenApply(record -> new Answered(outcome, Optional.of(record.after(outcome))));
        };
    }

    private static void seeOther(String address, HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", address);
        response.setHeader("Cache-Control", "no-store");
    }

    private static void refuse(CastOutcome outcome, HttpServletResponse response) {
        response.setStatus(
                switch (outcome.status()) {
                    case UNKNOWN_CHOICE -> HttpServletResponse.SC_BAD_REQUEST;
                    case NOT_YET_OPEN, CLOSED -> HttpServletResponse.SC_FORBIDDEN;
                    case TOO_MANY -> 429;
                    case UNAVAILABLE -> HttpServletResponse.SC_SERVICE_UNAVAILABLE;
                    case RECORDED, CHANGED, ALREADY_VOTED -> throw new IllegalStateException("not refused: " + outcome);
                });
        if (outcome.retryAfterSeconds() > 0) {
            response.setIntHeader("Retry-After", outcome.retryAfterSeconds());
        }
    }

    /** Finds the choice on record in the ballot box. */
    private CompletionStage<PageContent> lookUp(VoterId voter, String host) {
        return station.choiceOf(voter)
                .handle((recorded, logged) ->
                        logged == null ? PageContent.of(recorded, host) : PageContent.of(Notice.RECORD_UNKNOWN, host));
    }

    /** The page is rendered where the container has all that Faces needs. */
    private void sendLater(PageContent content, AsyncContext waiting) {
        waiting.getRequest().setAttribute(CONTENT, content);
        dispatcher.dispatch(waiting);
    }

    /** Sends a page that had to wait, with a receipt of the choice on record to a voter who came without it. */
    private void sendKnown(PageContent known, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (known.choice().isPresent()) {
            cookies.find(request)
                    .filter(voter -> !voter.receipt().equals(known.choice()))
                    .ifPresent(voter ->
                            cookies.giveReceipt(voter.id(), known.choice().get(), request, response));
        }
        send(known, request, response);
    }

    private void send(PageContent content, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        byte[] body = content.isCommon()
                ? rendered.page(
                        new RenderedPages.Key(
                                content.choice(), content.notice(), station.state(), resultLink.from(content.host())),
                        () -> render(content, request, response))
                : render(content, request, response);
        // Differs by cookie, and must be asked for again after a vote.
        response.setHeader("Cache-Control", "private, no-cache");
        response.setHeader("Vary", "Cookie");
        response.setContentType("text/html;charset=UTF-8");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private byte[] render(PageContent content, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        page.show(content);
        CapturedResponse captured = new CapturedResponse(response);
        request.getRequestDispatcher(PAGE).forward(request, captured);
        return captured.toBytes();
    }
}
