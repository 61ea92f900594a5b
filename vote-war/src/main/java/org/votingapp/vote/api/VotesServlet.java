package org.votingapp.vote.api;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.stream.JsonParserFactory;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.Map;
import java.util.Optional;
import org.votingapp.vote.api.VoteRequest.MalformedVoteException;
import org.votingapp.vote.casting.CastOutcome;
import org.votingapp.vote.casting.PollOnStage;
import org.votingapp.vote.casting.PollingStation;
import org.votingapp.vote.http.ClientAddress;
import org.votingapp.vote.http.LaterAnswer;
import org.votingapp.vote.http.RequestBodies;
import org.votingapp.vote.http.RequestBody;
import org.votingapp.vote.http.RequestBody.RefusedException;
import org.votingapp.vote.voter.KnownVoter;
import org.votingapp.vote.voter.VoterCookies;
import org.votingapp.web.MethodsServlet;
import org.votingapp.web.Problem;

/**
 * {@code POST /api/votes} casts a vote: {@link RequestBodies} read it, {@link VoterCookies} tell the voter,
 * {@link PollingStation#cast} casts, and {@link VoteAnswers} say what became of it.
 *
 * <p>A servlet, since a vote costs a third more through Jakarta REST. {@code META-INF/openapi.yaml} describes it.
 */
@WebServlet(urlPatterns = "/api/votes", asyncSupported = true)
public final class VotesServlet extends MethodsServlet {

    private static final long serialVersionUID = 1L;

    // Kept, since finding the provider for each request costs a third of the rate.
    private static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of());

    private static final String JSON = "application/json";

    @Inject
    private transient PollOnStage onStage;

    @Inject
    private transient RequestBodies bodies;

    @Inject
    private transient PollingStation station;

    @Inject
    private transient VoterCookies cookies;

    @Inject
    private transient VoteAnswers answers;

    /** Takes votes. */
    public VotesServlet() {
        super("POST");
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!RequestBody.isOf(JSON, request)) {
            Problem.of(
                            HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE,
                            "The body must be of the type %s, and an object such as {\"vote\":\"a\"}".formatted(JSON))
                    .send(response);
            return;
        }
        AsyncContext waiting = LaterAnswer.begin(request, response);
        LaterAnswer.whenKnown(bodies.of(waiting), waiting, errors(), (body, same) -> {
            try {
                cast(VoteRequest.parse(body.text(), PARSERS), waiting, request, response);
            } catch (RefusedException refused) {
                if (refused.retryAfterSeconds() > 0) {
                    response.setIntHeader("Retry-After", refused.retryAfterSeconds());
                }
                refuse(refused.status(), refused.getMessage() + "; a vote looks like {\"vote\":\"a\"}", waiting);
            } catch (CharacterCodingException notUtf8) {
                refuse(400, "The body is not UTF-8; JSON must be (RFC 8259, section 8.1)", waiting);
            } catch (MalformedVoteException malformed) {
                refuse(400, malformed.getMessage(), waiting);
            }
        });
    }

    private static void refuse(int status, String detail, AsyncContext waiting) throws IOException {
        Problem.of(status, detail).send((HttpServletResponse) waiting.getResponse());
        waiting.complete();
    }

    private void cast(
            VoteRequest vote, AsyncContext waiting, HttpServletRequest request, HttpServletResponse response) {
        Optional<KnownVoter> known = cookies.find(onStage.poll(), request);
        known.ifPresent(voter -> cookies.renew(voter, request, response));
        KnownVoter voter = known.orElseGet(() -> cookies.give(request, response));
        LaterAnswer.whenKnown(
                station.cast(voter.id(), vote.choice(), ClientAddress.of(request)),
                waiting,
                errors(),
                (outcome, same) -> {
                    answer(outcome, voter, request, response);
                    waiting.complete();
                });
    }

    private void answer(CastOutcome outcome, KnownVoter voter, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        switch (outcome.status()) {
            case RECORDED -> recorded(HttpServletResponse.SC_CREATED, "recorded", voter, outcome, request, response);
            case CHANGED -> recorded(HttpServletResponse.SC_OK, "changed", voter, outcome, request, response);
            default -> refused(outcome, response);
        }
    }

    private void recorded(
            int status,
            String word,
            KnownVoter voter,
            CastOutcome outcome,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        cookies.giveReceipt(voter, onStage.poll(), outcome.choice(), request, response);
        byte[] document = answers.document(word, outcome.choice());
        response.setStatus(status);
        response.setContentType(JSON);
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(document.length);
        response.getOutputStream().write(document);
    }

    private void refused(CastOutcome outcome, HttpServletResponse response) throws IOException {
        if (outcome.retryAfterSeconds() > 0) {
            response.setIntHeader("Retry-After", outcome.retryAfterSeconds());
        }
        answers.problem(outcome).send(response);
    }
}
