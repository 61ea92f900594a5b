package org.votingapp.organiser.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
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
import org.votingapp.organiser.desk.CodeDesk;
import org.votingapp.organiser.form.CodesForm;

/** {@code /api/polls/{id}/codes}: the voter codes of a poll. */
@Path("polls/{id}/codes")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class CodesResource {

    private Organiser organiser;
    private CodeDesk codes;
    private ValidBody valid;

    @PathParam("id")
    private String id;

    /** For CDI. */
    public CodesResource() {}

    /** Does what the organiser asks by this service. */
    @Inject
    CodesResource(CurrentOrganiser current, CodeDesk codes, ValidBody valid) {
        this.organiser = current.organiser();
        this.codes = codes;
        this.valid = valid;
    }

    /** How many there are. */
    @GET
    @Operation(summary = "The voter codes of a poll, as numbers")
    public CodesReply read() {
        return new CodesReply(codes.codes(organiser, id));
    }

    /** Makes some. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Make voter codes; they are told once, and count once the poll is in effect")
    @APIResponse(
            responseCode = "201",
            description = "They are made",
            content = @Content(schema = @Schema(implementation = NewCodesReply.class)))
    public Response make(CodesForm form) {
        return Response.status(Response.Status.CREATED)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(new NewCodesReply(codes.make(organiser, id, valid.of(form))))
                .build();
    }

    /** Revokes some. */
    @DELETE
    @Path("{batch}")
    @Operation(summary = "Revoke the codes of a batch that have not voted; the votes of the others stand")
    @APIResponse(responseCode = "204", description = "They are revoked")
    public void revoke(@PathParam("batch") String batch) {
        codes.revoke(organiser, id, batch);
    }
}
