package org.votingapp.organiser.desk;

import static java.util.stream.Collectors.joining;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.votingapp.poll.ResultsRule;
import org.votingapp.poll.RevoteRule;

/**
 * A poll in the record of activity: its fields as JSON, which the page words in the reader's language. Earlier releases kept the
 * line in English that {@link #line} makes. Immutable.
 */
public record PollSummary(
        String question,
        List<String> options,
        String language,
        RevoteRule revote,
        ResultsRule results,
        Optional<Instant> opens,
        Optional<Instant> closes,
        boolean needsCode) {

    /** The actions whose rows keep polls so. */
    static final Set<String> ACTIONS = Set.of("poll.created", "poll.changed", "poll.duplicated", "poll.askedAgain");

    /** Copies the options. */
    public PollSummary {
        options = List.copyOf(options);
    }

    static PollSummary of(PollView poll) {
        return new PollSummary(
                poll.question(),
                poll.options().stream().map(OptionView::label).toList(),
                poll.language(),
                poll.revote(),
                poll.results().rule(),
                poll.opens(),
                poll.closes(),
                poll.needsCode());
    }

    /** The poll that a row keeps; empty where it keeps something else, such as the line of an earlier release. */
    public static Optional<PollSummary> read(String action, String stored) {
        return ACTIONS.contains(action) ? fields(stored).map(PollSummary::of) : Optional.empty();
    }

    /** The object that a text is; empty where it is none. */
    static Optional<JsonObject> fields(String stored) {
        try (JsonReader reader = Json.createReader(new StringReader(stored))) {
            return Optional.of(reader.readObject());
        } catch (JsonException text) {
            return Optional.empty();
        }
    }

    private static PollSummary of(JsonObject fields) {
        return new PollSummary(
                fields.getString("question"),
                fields.getJsonArray("options").getValuesAs(JsonString::getString),
                fields.getString("language"),
                RevoteRule.valueOf(fields.getString("revote").toUpperCase(Locale.ROOT)),
                ResultsRule.valueOf(fields.getString("results").toUpperCase(Locale.ROOT)),
                time(fields, "opens"),
                time(fields, "closes"),
                fields.getBoolean("needsCode"));
    }

    private static Optional<Instant> time(JsonObject fields, String name) {
        return Optional.ofNullable(fields.getString(name, null)).map(Instant::parse);
    }

    String json() {
        JsonArrayBuilder labels = Json.createArrayBuilder();
        options.forEach(labels::add);
        JsonObjectBuilder fields = Json.createObjectBuilder()
                .add("question", question)
                .add("options", labels)
                .add("language", language)
                .add("revote", word(revote))
                .add("results", results.word())
                .add("needsCode", needsCode);
        opens.ifPresent(time -> fields.add("opens", time.toString()));
        closes.ifPresent(time -> fields.add("closes", time.toString()));
        return fields.build().toString();
    }

    private static String word(RevoteRule rule) {
        return rule.name().toLowerCase(Locale.ROOT);
    }

    /** On one line, for programs and spreadsheets. */
    String line() {
        return "%s [%s] %s, %s, %s%s%s%s"
                .formatted(
                        question,
                        options.stream().collect(joining(" | ")),
                        language,
                        word(revote),
                        results.word(),
                        opens.map(time -> ", opens " + time).orElse(""),
                        closes.map(time -> ", closes " + time).orElse(""),
                        needsCode ? ", with voting codes" : "");
    }
}
