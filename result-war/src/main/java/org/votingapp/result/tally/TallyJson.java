package org.votingapp.result.tally;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes a tally as the JSON document of the results API, on one line. */
final class TallyJson {

    // One factory for all: looking up the provider costs more than writing a document.
    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    private TallyJson() {}

    /** The JSON document, in UTF-8 (RFC 8259, section 8.1). */
    static byte[] encode(Tally tally) {
        JsonArrayBuilder options = JSON.createArrayBuilder();
        for (Tally.Line line : tally.lines()) {
            JsonObjectBuilder option = JSON.createObjectBuilder()
                    .add("key", line.key())
                    .add("label", line.label())
                    .add("votes", line.votes());
            line.percent().ifPresentOrElse(percent -> option.add("percent", percent), () -> option.addNull("percent"));
            options.add(option);
        }
        JsonObjectBuilder document = JSON.createObjectBuilder()
                .add("poll", tally.poll().id())
                .add("question", tally.poll().question())
                .add("total", tally.total())
                .add("open", tally.open())
                .add("state", tally.stateName())
                .add("final", tally.isFinal());
        tally.poll().announcedOpening().ifPresent(opens -> document.add("opens", opens.toString()));
        tally.poll().closes().ifPresent(closes -> document.add("closes", closes.toString()));
        tally.ballotsDeleted().ifPresent(deleted -> document.add("ballotsDeleted", deleted.toString()));
        return document.add("options", options).build().toString().getBytes(StandardCharsets.UTF_8);
    }
}
