package org.votingapp.result;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.votingapp.web.Problem;

/** The answer 503: the server has no tally or no room at the moment; says why, and when to try again. */
public final class Unavailable {

    /** When to try again. */
    public static final String RETRY_SECONDS = "2";

    private Unavailable() {}

    /**
     * Sends the answer.
     *
     * @param why a whole sentence
     * @throws IOException where the client is gone
     */
    public static void send(String why, HttpServletResponse response) throws IOException {
        response.setHeader("Retry-After", RETRY_SECONDS);
        Problem.of(HttpServletResponse.SC_SERVICE_UNAVAILABLE, why + " Please try again in a few seconds.")
                .send(response);
    }

    /** Sends the answer before the first tally was read. */
    public static void sendNoTally(HttpServletResponse response) throws IOException {
        send("No tally could be read yet.", response);
    }
}
