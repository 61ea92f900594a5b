package org.votingapp.vote.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollOption;
import org.votingapp.poll.PollState;
import org.votingapp.vote.casting.PollingStation;

/** {@code /api/poll}: what is voted on. */
@Path("/poll")
@ApplicationScoped
public class PollResource {

    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    @Inject
    private Poll poll;

    @Inject
    private PollingStation station;

    /** The poll as JSON. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "The poll: its question, options, revote rule, and whether it takes votes")
    @APIResponse(
            responseCode = "200",
            description = "The poll",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(type = SchemaType.OBJECT),
                            example = "{\"poll\":\"cats-vs-dogs\",\"question\":\"Cats vs Dogs!\",\"revote\":\"final\","
                                    + "\"open\":true,\"options\":[{\"key\":\"a\",\"label\":\"Cats\"},"
                                    + "{\"key\":\"b\",\"label\":\"Dogs\"}]}"))
    public Response poll() {
        JsonArrayBuilder options = JSON.createArrayBuilder();
        for (PollOption option : poll.options()) {
            options.add(JSON.createObjectBuilder().add("key", option.key()).add("label", option.label()));
        }
        JsonObjectBuilder document = JSON.createObjectBuilder()
                .add("poll", poll.id())
                .add("question", poll.question())
                .add("revote", poll.revote().name().toLowerCase(Locale.ROOT))
                .add("open", station.state() == PollState.OPEN);
        poll.opens().ifPresent(opens -> document.add("opens", opens.toString()));
        poll.closes().ifPresent(closes -> document.add("closes", closes.toString()));
        CacheControl noCache = new CacheControl();
        noCache.setNoCache(true);
        return Response.ok(document.add("options", options).build().toString())
                .cacheControl(noCache)
                .build();
    }
}
