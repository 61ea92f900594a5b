package org.votingapp.result;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.votingapp.web.Problem;

/** The answer of an address that has nothing to give just now: 503, with why and when to ask again. */
public final class Unavailable {

    /** When to ask again. */
    public static final String RETRY_SECONDS = "2";

    private Unavailable() {}

    /**
     * Answers a request so.
     *
     * @param why a sentence
     * @throws IOException where the client is gone
     */
    public static void send(String why, HttpServletResponse response) throws IOException {
        response.setHeader("Retry-After", RETRY_SECONDS);
        Problem.of(HttpServletResponse.SC_SERVICE_UNAVAILABLE, why + " Please try again in a few seconds.")
                .send(response);
    }

    /** Answers a request so since no tally could be read yet. */
    public static void sendNoTally(HttpServletResponse response) throws IOException {
        send("No tally could be read yet.", response);
    }
}
