package org.votingapp.result.watch;

import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.votingapp.result.Unavailable;
import org.votingapp.result.address.PollAddress;
import org.votingapp.result.address.PollAddresses;
import org.votingapp.result.tally.ServerSentEvents;
import org.votingapp.web.MethodsServlet;

/**
 * {@code GET /api/results/stream}: the tally of the poll at the {@link PollAddress} as server-sent events, the newest one at once
 * and then each new one.
 *
 * <p>An open stream holds no thread.
 */
@WebServlet(urlPatterns = "/api/results/stream", asyncSupported = true)
public final class StreamServlet extends MethodsServlet {

    private static final long serialVersionUID = 1L;

    private final transient PollAddresses addresses;
    private final transient Watchers watchers;

    /** Sends what the boards of these polls show. */
    @Inject
    public StreamServlet(PollAddresses addresses, Watchers watchers) {
        super("GET", "HEAD");
        this.addresses = addresses;
        this.watchers = watchers;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        PollAddress asked = addresses.of(request);
        if (begin(asked, response)) {
            AsyncContext exchange = request.startAsync();
            exchange.setTimeout(0);
            watchers.watch(asked.board().orElseThrow(), asked.viewer(), asked.room(), exchange);
        }
    }

    @Override
    protected void doHead(HttpServletRequest request, HttpServletResponse response) throws IOException {
        begin(addresses.of(request), response);
    }

    /** Sets the headers of a stream, or says why there is none; true where there is one. */
    private boolean begin(PollAddress asked, HttpServletResponse response) throws IOException {
        if (asked.newest().isEmpty()) {
            Unavailable.sendNoTally(response);
            return false;
        }
        if (!watchers.haveRoom()) {
            Unavailable.send("As many are watching as this server can serve.", response);
            return false;
        }
        setHeaders(response);
        return true;
    }

    private static void setHeaders(HttpServletResponse response) {
        response.setContentType(ServerSentEvents.MEDIA_TYPE);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setHeader("Cache-Control", "no-store");
        // Tells proxies such as nginx not to buffer events.
        response.setHeader("X-Accel-Buffering", "no");
    }
}
