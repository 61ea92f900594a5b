package org.votingapp.organiser.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.votingapp.organiser.account.CurrentOrganiser;
import org.votingapp.organiser.account.Organiser;
import org.votingapp.organiser.audience.WatcherCounter;
import org.votingapp.organiser.csv.BallotsFile;
import org.votingapp.organiser.desk.BallotExport;
import org.votingapp.organiser.desk.LiveDesk;
import org.votingapp.organiser.desk.PollDesk;
import org.votingapp.organiser.desk.PollView;
import org.votingapp.organiser.desk.Steering;
import org.votingapp.organiser.form.PollForm;

/** {@code /api/polls/{id}}: a poll, and what can be done to it. An {@code If-Match} is optional, and never ignored. */
@Path("polls/{id}")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@APIResponse(
        responseCode = "200",
        description = "The poll as it is now",
        content = @Content(schema = @Schema(implementation = PollReply.class)))
public class PollResource {

    private Organiser organiser;
    private PollDesk polls;
    private Steering steering;
    private BallotExport ballots;
    private LiveDesk live;
    private WatcherCounter watchers;
    private ValidBody valid;

    @PathParam("id")
    private String id;

    @HeaderParam(HttpHeaders.IF_MATCH)
    private String ifMatch;

    /** For CDI. */
    public PollResource() {}

    /** Does what the organiser asks by these services. */
    @Inject
    PollResource(
            CurrentOrganiser current,
            PollDesk polls,
            Steering steering,
            BallotExport ballots,
            LiveDesk live,
            WatcherCounter watchers,
            ValidBody valid) {
        this.organiser = current.organiser();
        this.polls = polls;
        this.steering = steering;
        this.ballots = ballots;
        this.live = live;
        this.watchers = watchers;
        this.valid = valid;
    }

    /** The poll. */
    @GET
    @Operation(summary = "A poll with its votes")
    public Response read() {
        return answer(Response.ok(), polls.poll(organiser, id));
    }

    /** Words it anew. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Word a poll anew; once people may have voted, only slips in labels and stricter rules")
    public Response change(PollForm form) {
        return answer(Response.ok(), polls.change(organiser, id, IfMatch.version(ifMatch), valid.of(form)));
    }

    /** Opens it. */
    @POST
    @Path("open")
    @Operation(summary = "Open a poll, or open it again")
    public Response open() {
        return answer(Response.ok(), steering.open(organiser, id, IfMatch.version(ifMatch)));
    }

    /** Closes it. */
    @POST
    @Path("close")
    @Operation(summary = "Close a poll")
    public Response close() {
        return answer(Response.ok(), steering.close(organiser, id, IfMatch.version(ifMatch)));
    }

    /** Lets it close later. */
    @POST
    @Path("extend")
    @Operation(summary = "Let an open poll close a minute later")
    public Response extend() {
        return answer(Response.ok(), steering.extend(organiser, id, IfMatch.version(ifMatch)));
    }

    /** Shows the result. */
    @POST
    @Path("reveal")
    @Operation(summary = "Show the result whatever the poll's rule says")
    public Response reveal() {
        return answer(Response.ok(), steering.reveal(organiser, id, IfMatch.version(ifMatch)));
    }

    /** Shows the result by the rule alone. */
    @POST
    @Path("hide")
    @Operation(summary = "Show the result as the poll's rule says")
    public Response hide() {
        return answer(Response.ok(), steering.hide(organiser, id, IfMatch.version(ifMatch)));
    }

    /** Puts it on stage. */
    @POST
    @Path("stage")
    @Operation(summary = "Put a poll on the stage of its room")
    public Response stage() {
        return answer(Response.ok(), steering.stage(organiser, id, IfMatch.version(ifMatch)));
    }

    /** Archives it. */
    @POST
    @Path("archive")
    @Operation(summary = "Take a poll out of the list of its room; its result keeps its address")
    public Response archive() {
        return answer(Response.ok(), polls.archive(organiser, id, IfMatch.version(ifMatch)));
    }

    /** Brings it back. */
    @POST
    @Path("restore")
    @Operation(summary = "Put an archived poll back at the end of the list of its room")
    public Response restore() {
        return answer(Response.ok(), polls.restore(organiser, id, IfMatch.version(ifMatch)));
    }

    /** Asks it again. */
    @POST
    @Path("again")
    @Operation(summary = "Ask a poll again: a new one of the next round, which waits")
    @APIResponse(
            responseCode = "201",
            description = "It is made",
            content = @Content(schema = @Schema(implementation = PollReply.class)))
    public Response again() {
        return made(polls.askAgain(organiser, id, IfMatch.version(ifMatch)));
    }

    /** Copies it. */
    @POST
    @Path("duplicate")
    @Operation(summary = "Copy a poll, which waits at the end of its room")
    @APIResponse(
            responseCode = "201",
            description = "It is made",
            content = @Content(schema = @Schema(implementation = PollReply.class)))
    public Response duplicate() {
        return made(polls.duplicate(organiser, id, IfMatch.version(ifMatch)));
    }

    /** How it is going. */
    @GET
    @Path("live")
    @Operation(summary = "How a poll is going: votes by minute, the books, what could not be recorded, how many watch")
    @APIResponse(
            responseCode = "200",
            description = "By what workers wrote and result servers answered within the last seconds",
            content = @Content(schema = @Schema(implementation = LiveReply.class)))
    public Response live() {
        return Response.ok(new LiveReply(live.live(organiser, id), watchers.count(id)))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    /** Its ballots. */
    @GET
    @Path("ballots")
    @Produces(BallotsFile.TYPE)
    @Operation(
            summary = "The ballots of a final poll as CSV, in random order",
            description =
                    "Without voters and times. Refused (409) before the result is final, and once ballots are deleted.")
    @APIResponse(
            responseCode = "200",
            description = "A line a ballot",
            content = @Content(mediaType = BallotsFile.TYPE))
    public Response ballots() {
        BallotsFile file = new BallotsFile(ballots.of(organiser, id));
        return Response.ok((StreamingOutput) file::write)
                .header(HttpHeaders.CONTENT_LENGTH, file.length())
                .header(HttpHeaders.CONTENT_DISPOSITION, file.disposition())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private static Response made(PollView poll) {
        return answer(Response.created(URI.create("/api/polls/" + poll.id())), poll);
    }

    static Response answer(Response.ResponseBuilder response, PollView poll) {
        return response.tag(Long.toString(poll.version()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(new PollReply(poll))
                .build();
    }
}
