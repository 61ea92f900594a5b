package org.votingapp.vote.api;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollOption;
import org.votingapp.poll.PollState;
import org.votingapp.poll.Room;
import org.votingapp.vote.casting.OfferedPoll;
import org.votingapp.web.EntityTag;

/** What is voted on, as JSON with an {@code ETag}. The server's time is in the header {@code Date}, as in every answer. */
final class PollDocument {

    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    private final JsonObjectBuilder document = JSON.createObjectBuilder();

    /** Tells of a room. */
    PollDocument with(Room room) {
        document.add("room", room.code().value()).add("title", room.title());
        return this;
    }

    /** Tells of a poll. */
    PollDocument with(OfferedPoll offered) {
        Poll poll = offered.poll();
        PollState state = offered.state();
        JsonArrayBuilder options = JSON.createArrayBuilder();
        for (PollOption option : poll.options()) {
            options.add(JSON.createObjectBuilder().add("key", option.key()).add("label", option.label()));
        }
        document.add("poll", poll.id())
                .add("question", poll.question())
                .add("revote", poll.revote().name().toLowerCase(Locale.ROOT))
                .add("open", state == PollState.OPEN)
                .add("state", state.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        poll.announcedOpening().ifPresent(opens -> document.add("opens", opens.toString()));
        poll.closes().ifPresent(closes -> document.add("closes", closes.toString()));
        if (offered.needsCode()) {
            document.add("needsCode", true);
        }
        document.add("options", options);
        return this;
    }

    void send(HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] content = document.build().toString().getBytes(StandardCharsets.UTF_8);
        String tag = EntityTag.of(content);
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("ETag", '"' + tag + '"');
        if (EntityTag.isKnownTo(request, tag)) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
        } else {
            response.setContentType("application/json");
            response.setContentLength(content.length);
            response.getOutputStream().write(content);
        }
    }
}
