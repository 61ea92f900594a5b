package org.votingapp.result.tally;

import jakarta.json.Json;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonGeneratorFactory;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes a tally as the JSON document of the results API, on one line. */
final class TallyJson {

    // One factory for all: looking up the provider costs more than writing a document.
    private static final JsonGeneratorFactory JSON = Json.createGeneratorFactory(Map.of());

    private TallyJson() {}

    /** The JSON document, in UTF-8 (RFC 8259, section 8.1). */
    static byte[] encode(Tally tally) {
        // A generator that writes to a stream would make a buffer of 8 KB for its encoder.
        StringWriter document = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(document)) {
            json.writeStartObject()
                    .write("poll", tally.poll().id())
                    .write("question", tally.poll().question())
                    .write("total", tally.total())
                    .write("open", tally.open())
                    .write("state", tally.stateName())
                    .write("final", tally.isFinal());
            tally.poll().announcedOpening().ifPresent(opens -> json.write("opens", opens.toString()));
            tally.poll().closes().ifPresent(closes -> json.write("closes", closes.toString()));
            tally.ballotsDeleted().ifPresent(deleted -> json.write("ballotsDeleted", deleted.toString()));
            json.writeStartArray("options");
            for (Tally.Line line : tally.lines()) {
                json.writeStartObject()
                        .write("key", line.key())
                        .write("label", line.label())
                        .write("votes", line.votes());
                line.percent()
                        .ifPresentOrElse(percent -> json.write("percent", percent), () -> json.writeNull("percent"));
                json.writeEnd();
            }
            json.writeEnd().writeEnd();
        }
        return document.toString().getBytes(StandardCharsets.UTF_8);
    }
}
