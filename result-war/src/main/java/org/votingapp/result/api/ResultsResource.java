package org.votingapp.result.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Function;
import org.votingapp.result.follow.TallyBoard;
import org.votingapp.result.follow.Vitals;
import org.votingapp.result.tally.Document;
import org.votingapp.result.tally.PublishedTally;
import org.votingapp.web.Problem;

/**
 * The newest tally, as a document that a client may keep and ask about by its tag (RFC 9110, section 13.1.2), with the
 * seconds since it was last seen to be what Postgres holds (RFC 9111, section 5.1).
 */
@Path("/")
@ApplicationScoped
public class ResultsResource {

    private static final String CSV = "text/csv;charset=UTF-8;header=present";
    private static final int RETRY_SECONDS = 2;

    private final TallyBoard board;
    private final Vitals vitals;

    /** For the container's proxy. */
    protected ResultsResource() {
        this(null, null);
    }

    /** Answers with what hangs on the board. */
    @Inject
    public ResultsResource(TallyBoard board, Vitals vitals) {
        this.board = board;
        this.vitals = vitals;
    }

    /** The tally as JSON. */
    @GET
    @Path("results")
    @Produces(MediaType.APPLICATION_JSON)
    public Response json(@Context HttpHeaders headers) {
        return answer(headers, PublishedTally::json, MediaType.APPLICATION_JSON);
    }

    /** The tally as comma-separated values. */
    @GET
    @Path("results.csv")
    @Produces(CSV)
    public Response csv(@Context HttpHeaders headers) {
        return answer(headers, PublishedTally::csv, CSV);
    }

    /**
     * Whether a client has what the tag stands for, also where a proxy has made its tag a weak one.
     *
     * <p>Opaque tags hold no quotation marks, so the quoted tag is found only where it is a member of the list.
     */
    private static boolean knows(HttpHeaders headers, String tag) {
        String known = Optional.ofNullable(headers.getHeaderString(HttpHeaders.IF_NONE_MATCH))
                .orElse("");
        return known.strip().equals("*") || known.contains('"' + tag + '"');
    }

    private Response answer(HttpHeaders headers, Function<PublishedTally, Document> form, String mediaType) {
        Optional<Document> document = board.newest().map(form);
        if (document.isEmpty()) {
            return Response.status(Response.Status.SERVICE_UNAVAILABLE)
                    .type(Problem.MEDIA_TYPE)
                    .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .entity(Problem.of(
                                    503,
                                    "Not available just now",
                                    "No tally could be read yet. Please try again in a few seconds.")
                            .toJson())
                    .build();
        }
        String tag = document.get().tag();
        Response.ResponseBuilder answer = knows(headers, tag)
                ? Response.notModified()
                : Response.ok(document.get().content(), mediaType);
        return answer.tag(tag)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .header("Age", vitals.tallyAge().orElseThrow().toSeconds())
                .build();
    }
}
