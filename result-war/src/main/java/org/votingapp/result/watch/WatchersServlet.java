package org.votingapp.result.watch;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.votingapp.web.MethodsServlet;

/**
 * {@code GET /watchers/<id>}: how many watch a poll on this server, for the organiser server, which adds up what all result servers
 * answer. It is no part of the API, and no entrance for voters leads here. Answered from memory: 0 for a poll that is unknown.
 */
@WebServlet("/watchers/*")
public final class WatchersServlet extends MethodsServlet {

    private static final long serialVersionUID = 1L;

    private static final Pattern PATH = Pattern.compile("/([a-z0-9][a-z0-9-]{0,62})");

    private final transient Watchers watchers;

    /** Counts these. */
    @Inject
    public WatchersServlet(Watchers watchers) {
        super("GET", "HEAD");
        this.watchers = watchers;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Matcher path = PATH.matcher(Optional.ofNullable(request.getPathInfo()).orElse(""));
        if (!path.matches()) {
            errors().send(request, HttpServletResponse.SC_NOT_FOUND, response);
            return;
        }
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.getWriter().write("{\"watchers\":" + watchers.count(path.group(1)) + "}");
    }
}
