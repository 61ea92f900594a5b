package org.votingapp.vote.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.stream.JsonParserFactory;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.CharacterCodingException;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.votingapp.poll.VoterId;
import org.votingapp.vote.api.VoteRequest.MalformedVoteException;
import org.votingapp.vote.casting.CastOutcome;
import org.votingapp.vote.casting.PollingStation;
import org.votingapp.vote.http.ClientAddress;
import org.votingapp.vote.http.RequestBody.RefusedException;
import org.votingapp.vote.voter.VoterCookies;
import org.votingapp.web.Problem;

/** {@code /api/votes}: casting a vote. */
@Path("/votes")
@ApplicationScoped
public class VotesResource {

    // Held, since finding the provider for each request would cost a third of the rate.
    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());
    private static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of());

    @Inject
    private PollingStation station;

    @Inject
    private VoterCookies cookies;

    @Inject
    private VoteAnswers answers;

    @Context
    private HttpServletRequest request;

    @Context
    private HttpServletResponse response;

    /**
     * Casts a vote for the voter of the cookie, or for a new one.
     *
     * @return 201 or 200 with what was recorded, or a problem document
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    @Operation(
            summary = "Cast a vote",
            description = "The voter is the one of the signed cookie \"voter\"; a client without it gets a new one.")
    @RequestBody(
            required = true,
            description = "The key of the option, in at most 64 KB",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema =
                                    @Schema(
                                            type = SchemaType.OBJECT,
                                            requiredProperties = "vote",
                                            properties =
                                                    @org.eclipse.microprofile.openapi.annotations.media.SchemaProperty(
                                                            name = "vote",
                                                            type = SchemaType.STRING)),
                            example = "{\"vote\":\"a\"}"))
    @APIResponse(
            responseCode = "201",
            description = "The vote is recorded",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(type = SchemaType.OBJECT),
                            example = "{\"poll\":\"cats-vs-dogs\",\"choice\":\"a\",\"status\":\"recorded\"}"))
    @APIResponse(responseCode = "200", description = "The poll is changeable, and the choice was changed")
    @APIResponse(responseCode = "400", description = "No vote, or a choice that the poll does not have")
    @APIResponse(responseCode = "403", description = "The poll is not open, or another site sent the request")
    @APIResponse(responseCode = "408", description = "The body did not come to its end in time")
    @APIResponse(responseCode = "409", description = "This voter has voted; \"choice\" is the one on record")
    @APIResponse(responseCode = "413", description = "The body is larger than 64 KB")
    @APIResponse(responseCode = "415", description = "The body is not application/json")
    @APIResponse(responseCode = "429", description = "Too many votes from this address; see Retry-After")
    @APIResponse(
            responseCode = "503",
            description = "Votes cannot be taken just now; see Retry-After. Trying again is safe")
    public Response cast() {
        VoteRequest vote;
        try {
            vote = VoteRequest.parse(org.votingapp.vote.http.RequestBody.read(request), PARSERS);
        } catch (RefusedException refused) {
            return answer(Problem.of(
                    refused.status(), refused.title(), refused.getMessage() + "; a vote looks like {\"vote\":\"a\"}"));
        } catch (CharacterCodingException notUtf8) {
            return answer(
                    Problem.of(400, "Bad request", "The body is not UTF-8; JSON must be (RFC 8259, section 8.1)"));
        } catch (MalformedVoteException malformed) {
            return answer(Problem.of(400, "Bad request", malformed.getMessage()));
        }
        VoterId voter = cookies.voterOf(request).orElseGet(() -> cookies.give(request, response));
        CastOutcome outcome = station.cast(voter, vote.choice(), ClientAddress.of(request));
        return switch (outcome.status()) {
            case RECORDED -> recorded(201, "recorded", voter, outcome.choice());
            case CHANGED -> recorded(200, "changed", voter, outcome.choice());
            default -> answer(answers.problem(outcome), outcome.retryAfterSeconds());
        };
    }

    private Response recorded(int status, String word, VoterId voter, String choice) {
        cookies.giveReceipt(voter, choice, request, response);
        String document = JSON.createObjectBuilder()
                .add("poll", answers.pollId())
                .add("choice", choice)
                .add("status", word)
                .build()
                .toString();
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(document)
                .build();
    }

    private static Response answer(Problem problem) {
        return answer(problem, 0);
    }

    private static Response answer(Problem problem, int retryAfterSeconds) {
        Response.ResponseBuilder answer = Response.status(problem.status())
                .type(Problem.MEDIA_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(problem.toJson());
        if (retryAfterSeconds > 0) {
            answer.header(HttpHeaders.RETRY_AFTER, retryAfterSeconds);
        }
        return answer.build();
    }
}
