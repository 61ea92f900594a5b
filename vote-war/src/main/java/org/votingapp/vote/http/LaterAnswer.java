package org.votingapp.vote.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletionStage;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.votingapp.web.ErrorAnswer;

/** Answers a request later, without a thread that waits (Jakarta Servlet 6.0, section 2.3.3.3). */
public final class LaterAnswer {

    private static final Logger LOG = Logger.getLogger(LaterAnswer.class.getName());

    private LaterAnswer() {}

    /** Answers a request. */
    @FunctionalInterface
    public interface Answer<T> {

        /**
         * Answers, and completes or dispatches the request.
         *
         * @param known the result that the answer depends on
         * @throws IOException where the client is gone
         */
        void give(T known, AsyncContext request) throws IOException;
    }

    /**
     * Puts a request into asynchronous mode, without a time limit of its own. The servlet must return without an answer of its
     * own, and the context be completed or dispatched.
     */
    public static AsyncContext begin(HttpServletRequest request, HttpServletResponse response) {
        AsyncContext waiting = request.startAsync(request, response);
        waiting.setTimeout(0);
        return waiting;
    }

    /** The same as the other method, for a request that it {@linkplain #begin begins}. */
    public static <T> void whenKnown(
            CompletionStage<T> result,
            HttpServletRequest request,
            HttpServletResponse response,
            ErrorAnswer errors,
            Answer<T> answer) {
        whenKnown(result, begin(request, response), errors, answer);
    }

    /**
     * Answers as soon as a result is known, on the thread that completes it; at once where it is known already.
     *
     * @param result what the answer depends on; it has its own time limit
     * @param errors answers where the result or the answer fails
     */
    public static <T> void whenKnown(
            CompletionStage<T> result, AsyncContext waiting, ErrorAnswer errors, Answer<T> answer) {
        String path = ((HttpServletRequest) waiting.getRequest()).getRequestURI();
        result.thenAccept(known -> {
                    try {
                        answer.give(known, waiting);
                    } catch (IOException gone) {
                        LOG.log(Level.FINE, "A client left before its answer", gone);
                        waiting.complete();
                    }
                })
                .exceptionally(failure -> {
                    LOG.log(Level.SEVERE, "A request to " + path + " failed", failure);
                    fail(
                            (HttpServletRequest) waiting.getRequest(),
                            (HttpServletResponse) waiting.getResponse(),
                            errors);
                    waiting.complete();
                    return null;
                });
    }

    private static void fail(HttpServletRequest request, HttpServletResponse response, ErrorAnswer errors) {
        try {
            errors.send(request, HttpServletResponse.SC_INTERNAL_SERVER_ERROR, response);
        } catch (IOException gone) {
            LOG.log(Level.FINE, "A client left before it could be told that its request failed", gone);
        }
    }
}
