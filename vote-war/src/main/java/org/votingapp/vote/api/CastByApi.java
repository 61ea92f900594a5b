package org.votingapp.vote.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.Json;
import jakarta.json.stream.JsonParserFactory;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.Map;
import java.util.Optional;
import org.votingapp.poll.Poll;
import org.votingapp.vote.api.VoteRequest.MalformedVoteException;
import org.votingapp.vote.casting.CastOutcome;
import org.votingapp.vote.casting.OfferedPoll;
import org.votingapp.vote.casting.PollingStation;
import org.votingapp.vote.http.LaterAnswer;
import org.votingapp.vote.http.RequestBodies;
import org.votingapp.vote.http.RequestBody;
import org.votingapp.vote.http.RequestBody.RefusedException;
import org.votingapp.vote.voter.KnownVoter;
import org.votingapp.vote.voter.VoterCookies;
import org.votingapp.web.ClientAddress;
import org.votingapp.web.ErrorAnswer;
import org.votingapp.web.Problem;

/**
 * Casts a vote from the API: {@link RequestBodies} read it, {@link VoterCookies} tell the voter, {@link PollingStation#cast} casts,
 * and {@link VoteAnswers} say what became of it.
 *
 * <p>A servlet calls it, since a vote costs a third more through Jakarta REST. {@code META-INF/openapi.yaml} describes it.
 * Thread-safe.
 */
@Singleton
public class CastByApi {

    // Kept, since finding the provider for each request costs a third of the rate.
    private static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of());

    private static final String JSON = "application/json";

    private final RequestBodies bodies;
    private final PollingStation station;
    private final VoterCookies cookies;
    private final VoteAnswers answers;
    private final ErrorAnswer errors;

    /** Casts at this polling station. */
    @Inject
    public CastByApi(
            RequestBodies bodies,
            PollingStation station,
            VoterCookies cookies,
            VoteAnswers answers,
            ErrorAnswer errors) {
        this.bodies = bodies;
        this.station = station;
        this.cookies = cookies;
        this.answers = answers;
        this.errors = errors;
    }

    void answer(OfferedPoll offered, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!RequestBody.isOf(JSON, request)) {
            Problem.of(
                            HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE,
                            "The body must be of the type %s, and an object such as {\"vote\":\"a\"}".formatted(JSON))
                    .send(response);
            return;
        }
        AsyncContext waiting = LaterAnswer.begin(request, response);
        LaterAnswer.whenKnown(bodies.of(waiting), waiting, errors, (body, same) -> {
            try {
                cast(offered, VoteRequest.parse(body.text(), PARSERS), waiting, request, response);
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
            OfferedPoll offered,
            VoteRequest vote,
            AsyncContext waiting,
            HttpServletRequest request,
            HttpServletResponse response) {
        Poll poll = offered.poll();
        Optional<KnownVoter> known = cookies.find(poll, request);
        known.ifPresent(voter -> cookies.renew(voter, request, response));
        KnownVoter voter = known.orElseGet(() -> cookies.give(request, response));
        LaterAnswer.whenKnown(
                station.cast(offered, voter.id(), vote.code(), vote.choice(), ClientAddress.of(request)),
                waiting,
                errors,
                (outcome, same) -> {
                    answer(offered, outcome, voter, request, response);
                    waiting.complete();
                });
    }

    private void answer(
            OfferedPoll offered,
            CastOutcome outcome,
            KnownVoter voter,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Poll poll = offered.poll();
        switch (outcome.status()) {
            case RECORDED ->
                recorded(HttpServletResponse.SC_CREATED, "recorded", poll, voter, outcome, request, response);
            case CHANGED -> recorded(HttpServletResponse.SC_OK, "changed", poll, voter, outcome, request, response);
            default -> refused(offered, outcome, response);
        }
    }

    private void recorded(
            int status,
            String word,
            Poll poll,
            KnownVoter voter,
            CastOutcome outcome,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        cookies.giveReceipt(voter, poll, outcome.choice(), request, response);
        byte[] document = answers.document(word, poll, outcome.choice());
        response.setStatus(status);
        response.setContentType(JSON);
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(document.length);
        response.getOutputStream().write(document);
    }

    private void refused(OfferedPoll offered, CastOutcome outcome, HttpServletResponse response) throws IOException {
        if (outcome.retryAfterSeconds() > 0) {
            response.setIntHeader("Retry-After", outcome.retryAfterSeconds());
        }
        answers.problem(offered.poll(), outcome, offered.clock().get()).send(response);
    }
}
