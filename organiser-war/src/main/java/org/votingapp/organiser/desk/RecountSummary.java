package org.votingapp.organiser.desk;

import static java.util.stream.Collectors.joining;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * What a recount found, in the record of activity: its fields as JSON, which the page words in the reader's language. Earlier
 * releases kept the line in English that {@link #line} makes. Immutable.
 *
 * @param ballots how many were counted
 * @param votes how many the tally had
 * @param differences the options of which they are not as many
 */
public record RecountSummary(RecountState found, long ballots, long votes, List<Difference> differences) {

    /** The action whose rows keep recounts so. */
    static final String ACTION = "poll.recounted";

    /**
     * An option whose ballots are not as many as its votes.
     *
     * @param key of the option
     */
    public record Difference(String key, long ballots, long votes) {}

    /** Copies the differences. */
    public RecountSummary {
        differences = List.copyOf(differences);
    }

    static RecountSummary of(RecountState found, PollView poll, List<RecountView.Choice> choices) {
        return new RecountSummary(
                found,
                choices.stream().mapToLong(RecountView.Choice::ballots).sum(),
                poll.total(),
                found == RecountState.DIFFERENT
                        ? choices.stream()
                                .filter(RecountView.Choice::differs)
                                .map(choice -> new Difference(
                                        choice.option().key(),
                                        choice.ballots(),
                                        choice.option().votes()))
                                .toList()
                        : List.of());
    }

    /** The recount that a row keeps; empty where it keeps something else, such as the line of an earlier release. */
    public static Optional<RecountSummary> read(String action, String stored) {
        return action.equals(ACTION) ? PollSummary.fields(stored).map(RecountSummary::of) : Optional.empty();
    }

    private static RecountSummary of(JsonObject fields) {
        return new RecountSummary(
                RecountState.of(fields.getString("found")),
                fields.getJsonNumber("ballots").longValue(),
                fields.getJsonNumber("votes").longValue(),
                fields.getJsonArray("differences").getValuesAs(JsonObject.class).stream()
                        .map(one -> new Difference(
                                one.getString("key"),
                                one.getJsonNumber("ballots").longValue(),
                                one.getJsonNumber("votes").longValue()))
                        .toList());
    }

    String json() {
        JsonArrayBuilder listed = Json.createArrayBuilder();
        differences.forEach(one -> listed.add(Json.createObjectBuilder()
                .add("key", one.key())
                .add("ballots", one.ballots())
                .add("votes", one.votes())));
        return Json.createObjectBuilder()
                .add("found", found.word())
                .add("ballots", ballots)
                .add("votes", votes)
                .add("differences", listed)
                .build()
                .toString();
    }

    /** On one line, such as {@code 212 ballots, equal to the tally}, for programs and spreadsheets. */
    String line() {
        String counted = ballots + " ballots, ";
        return switch (found) {
            case EQUAL -> counted + "equal to the tally";
            case DIFFERENT ->
                counted + votes + " in the tally; "
                        + differences.stream()
                                .map(one -> one.key() + ": " + one.ballots() + ", " + one.votes() + " in the tally")
                                .collect(joining("; "));
            case UNSETTLED -> counted + "counted while votes came in";
            default -> counted + "deleted meanwhile";
        };
    }
}
