package org.votingapp.organiser.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.votingapp.organiser.account.CurrentOrganiser;
import org.votingapp.organiser.account.Organiser;
import org.votingapp.organiser.desk.AuditLog;
import org.votingapp.organiser.desk.PollDesk;
import org.votingapp.organiser.desk.PollView;
import org.votingapp.organiser.desk.RoomDesk;
import org.votingapp.organiser.desk.RoomView;
import org.votingapp.organiser.form.PollForm;
import org.votingapp.organiser.form.RoomForm;
import org.votingapp.poll.RoomCode;

/** {@code /api/rooms}: the rooms of the organiser, and the polls in them. An {@code If-Match} is optional, and never ignored. */
@Path("rooms")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class RoomsResource {

    private static final int MOST_ENTRIES = 1_000;

    private Organiser organiser;
    private RoomDesk rooms;
    private PollDesk polls;
    private AuditLog audit;
    private ValidBody valid;

    /** For CDI. */
    public RoomsResource() {}

    /** Does what the organiser asks by these services. */
    @Inject
    RoomsResource(CurrentOrganiser current, RoomDesk rooms, PollDesk polls, AuditLog audit, ValidBody valid) {
        this.organiser = current.organiser();
        this.rooms = rooms;
        this.polls = polls;
        this.audit = audit;
        this.valid = valid;
    }

    /** All rooms. */
    @GET
    @Operation(
            summary = "The rooms of the organiser, the newest first; with \"archived\", those that have left the list")
    public List<RoomLineReply> list(@QueryParam("archived") boolean archived) {
        return (archived ? rooms.archived(organiser) : rooms.rooms(organiser))
                .stream().map(RoomLineReply::new).toList();
    }

    /** Makes a room. */
    @POST
    @Operation(summary = "Make a room; its code is made at random")
    @APIResponse(
            responseCode = "201",
            description = "It is made",
            content = @Content(schema = @Schema(implementation = RoomReply.class)))
    public Response create(RoomForm form) {
        RoomView room = rooms.create(organiser, valid.of(form));
        return answer(Response.created(URI.create("/api/rooms/" + room.code())), room);
    }

    /** One room. */
    @GET
    @Path("{code}")
    @Operation(summary = "A room")
    @APIResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(schema = @Schema(implementation = RoomReply.class)))
    public Response read(@PathParam("code") String code) {
        return answer(Response.ok(), rooms.room(organiser, code(code)));
    }

    /** Renames a room. */
    @PUT
    @Path("{code}")
    @Operation(summary = "Give a room another title")
    @APIResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(schema = @Schema(implementation = RoomReply.class)))
    public Response rename(
            @PathParam("code") String code, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch, RoomForm form) {
        return answer(Response.ok(), rooms.rename(organiser, code(code), IfMatch.version(ifMatch), valid.of(form)));
    }

    /** Archives a room. */
    @POST
    @Path("{code}/archive")
    @Operation(summary = "Take a room out of the list of rooms; its address and its results stay")
    @APIResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(schema = @Schema(implementation = RoomReply.class)))
    public Response archive(@PathParam("code") String code, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch) {
        return answer(Response.ok(), rooms.archive(organiser, code(code), IfMatch.version(ifMatch)));
    }

    /** Brings a room back. */
    @POST
    @Path("{code}/restore")
    @Operation(summary = "Put an archived room back into the list of rooms")
    @APIResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(schema = @Schema(implementation = RoomReply.class)))
    public Response restore(@PathParam("code") String code, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch) {
        return answer(Response.ok(), rooms.restore(organiser, code(code), IfMatch.version(ifMatch)));
    }

    /** Deletes a room. */
    @DELETE
    @Path("{code}")
    @Operation(summary = "Delete a room with its polls and their ballots; \"confirm\" is its code once more")
    @APIResponse(responseCode = "204", description = "It is gone")
    public void delete(
            @PathParam("code") String code,
            @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
            @QueryParam("confirm") String typed) {
        rooms.delete(
                organiser,
                code(code),
                IfMatch.version(ifMatch),
                Optional.ofNullable(typed).orElse(""));
    }

    /** The polls of a room. */
    @GET
    @Path("{code}/polls")
    @Operation(summary = "The polls in the list of a room, in order, with their votes")
    public List<PollReply> polls(@PathParam("code") String code) {
        return rooms.room(organiser, code(code)).polls().stream()
                .map(PollReply::new)
                .toList();
    }

    /** Writes a poll. */
    @POST
    @Path("{code}/polls")
    @Operation(summary = "Write a poll at the end of a room")
    @APIResponse(
            responseCode = "201",
            description = "It is made",
            content = @Content(schema = @Schema(implementation = PollReply.class)))
    public Response write(@PathParam("code") String code, PollForm form) {
        PollView poll = polls.create(organiser, code(code), valid.of(form));
        return PollResource.answer(Response.created(URI.create("/api/polls/" + poll.id())), poll);
    }

    /** What was done in a room. */
    @GET
    @Path("{code}/audit")
    @Operation(summary = "What organisers did in a room, the newest first; 1,000 entries at most")
    public List<AuditReply> audit(@PathParam("code") String code) {
        RoomView room = rooms.room(organiser, code(code));
        return audit.entries(organiser, Optional.of(room.code()), MOST_ENTRIES).stream()
                .map(AuditReply::new)
                .toList();
    }

    private static RoomCode code(String written) {
        return written.equals(RoomCode.HOUSE.value())
                ? RoomCode.HOUSE
                : RoomCode.parse(written).orElseThrow(() -> new NotFoundException("No room has this code."));
    }

    private static Response answer(Response.ResponseBuilder response, RoomView room) {
        return response.tag(Long.toString(room.version()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(new RoomReply(room))
                .build();
    }
}
