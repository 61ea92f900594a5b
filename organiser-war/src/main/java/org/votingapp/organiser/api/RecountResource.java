package org.votingapp.organiser.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.votingapp.organiser.account.CurrentOrganiser;
import org.votingapp.organiser.account.Organiser;
import org.votingapp.organiser.desk.PollDesk;
import org.votingapp.organiser.desk.RecountDesk;
import org.votingapp.organiser.desk.RecountView;
import org.votingapp.organiser.desk.UnknownHereException;

/** {@code /api/polls/{id}/recount}: the last recount of a poll's ballots. */
@Path("polls/{id}/recount")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@APIResponse(
        responseCode = "200",
        description = "The recount as it is now",
        content = @Content(schema = @Schema(implementation = RecountReply.class)))
public class RecountResource {

    private static final int ACCEPTED = 202;

    private Organiser organiser;
    private PollDesk polls;
    private RecountDesk recounts;

    @PathParam("id")
    private String id;

    /** For CDI. */
    public RecountResource() {}

    /** Does what the organiser asks by these services. */
    @Inject
    RecountResource(CurrentOrganiser current, PollDesk polls, RecountDesk recounts) {
        this.organiser = current.organiser();
        this.polls = polls;
        this.recounts = recounts;
    }

    /** The last one. */
    @GET
    @Operation(summary = "The last recount of a poll; 404 where there was none")
    public Response read() {
        return answer(
                Response.ok(), recounts.last(polls.poll(organiser, id)).orElseThrow(UnknownHereException::address));
    }

    /** Begins one. */
    @POST
    @Operation(
            summary = "Count the ballots of a poll anew, and compare them with its tally",
            description =
                    "It goes on in the background. Only a result that is final before and after can be compared. Refused (409) while one runs, and once ballots are deleted.")
    @APIResponse(
            responseCode = "202",
            description = "It has begun",
            content = @Content(schema = @Schema(implementation = RecountReply.class)))
    public Response begin() {
        return answer(Response.status(ACCEPTED), recounts.begin(organiser, id));
    }

    /** Cancels it. */
    @DELETE
    @Operation(summary = "Cancel a recount; one that has ended stays as it is")
    public Response cancel() {
        return answer(Response.ok(), recounts.cancel(organiser, id));
    }

    private static Response answer(Response.ResponseBuilder response, RecountView recount) {
        return response.header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(new RecountReply(recount))
                .build();
    }
}
