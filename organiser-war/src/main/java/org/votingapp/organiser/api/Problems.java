package org.votingapp.organiser.api;

import jakarta.inject.Inject;
import jakarta.json.JsonException;
import jakarta.json.bind.JsonbException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.votingapp.organiser.desk.ChangedMeanwhileException;
import org.votingapp.organiser.desk.RefusedException;
import org.votingapp.organiser.desk.UnknownHereException;
import org.votingapp.web.Problem;
import org.votingapp.web.language.PageLanguage;
import org.votingapp.web.language.PageLanguages;

/** Answers what goes wrong with a problem document, in English. */
@Provider
public class Problems implements ExceptionMapper<Throwable> {

    private static final Logger LOG = Logger.getLogger(Problems.class.getName());

    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int PRECONDITION_FAILED = 412;
    private static final int SERVER_ERROR = 500;

    private PageLanguages languages;

    /** For the container. */
    public Problems() {}

    /** Words them by these bundles. */
    @Inject
    public Problems(PageLanguages languages) {
        this.languages = languages;
    }

    @Override
    public Response toResponse(Throwable failed) {
        if (failed instanceof InvalidFormException invalid) {
            Map<String, Object> faults = new TreeMap<>();
            invalid.faults().forEach((field, key) -> faults.put(field, sentence(key)));
            return response(new Problem(
                    BAD_REQUEST, "The body is not what it must be; \"faults\" tells each.", Map.of("faults", faults)));
        }
        if (failed instanceof UnknownHereException) {
            return response(Problem.of(NOT_FOUND, "There is nothing at this address for this organiser."));
        }
        if (failed instanceof ChangedMeanwhileException changed) {
            return response(new Problem(
                    PRECONDITION_FAILED,
                    "It was changed meanwhile. Read it again, and decide by what it is now.",
                    Map.of("version", changed.version())));
        }
        if (failed instanceof RefusedException refused) {
            return response(new Problem(
                    CONFLICT,
                    sentence(refused.reason().key()),
                    Map.of("reason", refused.reason().word())));
        }
        if (isUnreadable(failed)) {
            return response(
                    Problem.of(BAD_REQUEST, "The body must be a JSON object with the members that the API describes."));
        }
        if (failed instanceof WebApplicationException answered) {
            int status = answered.getResponse().getStatus();
            return Response.fromResponse(answered.getResponse())
                    .entity(Problem.of(status, String.valueOf(answered.getMessage()))
                            .toJson())
                    .type(Problem.MEDIA_TYPE)
                    .build();
        }
        LOG.log(Level.WARNING, "A request of the API failed; it is answered 500", failed);
        return response(Problem.of(SERVER_ERROR, "The fault is ours. Please try again."));
    }

    private static boolean isUnreadable(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof JsonException || cause instanceof JsonbException) {
                return true;
            }
        }
        return failed instanceof ProcessingException;
    }

    private String sentence(String key) {
        return languages.text(PageLanguage.ENGLISH).sentence("organiser", key);
    }

    private static Response response(Problem problem) {
        return Response.status(problem.status())
                .type(Problem.MEDIA_TYPE)
                .header("Cache-Control", "no-store")
                .entity(problem.toJson())
                .build();
    }
}
