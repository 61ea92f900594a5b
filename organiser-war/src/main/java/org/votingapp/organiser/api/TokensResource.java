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
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.votingapp.organiser.account.CurrentOrganiser;
import org.votingapp.organiser.account.Organiser;
import org.votingapp.organiser.desk.TokenDesk;
import org.votingapp.organiser.form.TokenForm;

/** {@code /api/tokens}: the organiser's tokens. */
@Path("tokens")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class TokensResource {

    private Organiser organiser;
    private TokenDesk tokens;
    private ValidBody valid;

    /** For CDI. */
    public TokensResource() {}

    /** Does what the organiser asks by this service. */
    @Inject
    TokensResource(CurrentOrganiser current, TokenDesk tokens, ValidBody valid) {
        this.organiser = current.organiser();
        this.tokens = tokens;
        this.valid = valid;
    }

    /** All tokens. */
    @GET
    @Operation(summary = "The organiser's tokens, the newest first")
    public List<TokenReply> list() {
        return tokens.tokens(organiser).stream().map(TokenReply::new).toList();
    }

    /** Makes one. */
    @POST
    @Operation(summary = "Make a token with the organiser's own rights; it is told once")
    @APIResponse(
            responseCode = "201",
            description = "It is made",
            content = @Content(schema = @Schema(implementation = NewTokenReply.class)))
    public Response make(TokenForm form) {
        return Response.status(Response.Status.CREATED)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(new NewTokenReply(tokens.make(organiser, valid.of(form))))
                .build();
    }

    /** Revokes one. */
    @DELETE
    @Path("{number}")
    @Operation(summary = "Make a token prove nothing any more")
    @APIResponse(responseCode = "204", description = "It is gone")
    public void revoke(
            @Parameter(schema = @Schema(type = SchemaType.INTEGER, format = "int64")) @PathParam("number")
                    String number) {
        tokens.revoke(organiser, number);
    }
}
