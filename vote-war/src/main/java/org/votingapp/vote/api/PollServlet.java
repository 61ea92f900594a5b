package org.votingapp.vote.api;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollOption;
import org.votingapp.poll.PollState;
import org.votingapp.vote.casting.PollOnStage;
import org.votingapp.web.MethodsServlet;

/** {@code GET /api/poll}: what is voted on, as JSON. {@code META-INF/openapi.yaml} describes it. */
@WebServlet("/api/poll")
public final class PollServlet extends MethodsServlet {

    private static final long serialVersionUID = 1L;

    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    private final transient PollOnStage onStage;

    /** Tells of this poll. */
    @Inject
    public PollServlet(PollOnStage onStage) {
        super("GET", "HEAD");
        this.onStage = onStage;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] document = document().getBytes(StandardCharsets.UTF_8);
        response.setHeader("Cache-Control", "no-cache");
        response.setContentType("application/json");
        response.setContentLength(document.length);
        response.getOutputStream().write(document);
    }

    private String document() {
        Poll poll = onStage.poll();
        JsonArrayBuilder options = JSON.createArrayBuilder();
        for (PollOption option : poll.options()) {
            options.add(JSON.createObjectBuilder().add("key", option.key()).add("label", option.label()));
        }
        JsonObjectBuilder document = JSON.createObjectBuilder()
                .add("poll", poll.id())
                .add("question", poll.question())
                .add("revote", poll.revote().name().toLowerCase(Locale.ROOT))
                .add("open", onStage.state() == PollState.OPEN);
        poll.opens().ifPresent(opens -> document.add("opens", opens.toString()));
        poll.closes().ifPresent(closes -> document.add("closes", closes.toString()));
        return document.add("options", options).build().toString();
    }
}
