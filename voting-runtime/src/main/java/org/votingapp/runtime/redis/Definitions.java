package org.votingapp.runtime.redis;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollDefinition;
import org.votingapp.poll.PollOption;
import org.votingapp.poll.ResultsRule;
import org.votingapp.poll.RevoteRule;
import org.votingapp.poll.Room;
import org.votingapp.poll.RoomCode;

/**
 * Polls and rooms as the hash {@link RedisNames#DEFINITIONS} has them: {@code poll:<id>} and {@code room:<code>} → a JSON object.
 *
 * <pre>
 * poll:lunch  → {"question":"Where do we eat?","language":"en","options":[{"key":"a","label":"Pizza"},…],"revote":"final",
 *                "results":"live","opens":"2027-03-01T09:00:00Z","room":"KXT4M7","voterKey":"…"}
 * room:KXT4M7 → {"title":"Town hall","polls":["lunch"],"stage":"lunch"}
 * room:KXT4M8 → {"title":"-","polls":[],"deleted":true}
 * </pre>
 *
 * <p>What a poll or room does not have is left out. Readers ignore members that they do not know.
 */
public final class Definitions {

    private static final String POLL = "poll:";
    private static final String ROOM = "room:";

    private Definitions() {}

    /** The field of a poll. */
    public static String pollField(String pollId) {
        return POLL + pollId;
    }

    /** The field of a room. */
    public static String roomField(RoomCode code) {
        return ROOM + code;
    }

    /** The poll's id that a field names; empty for any other field. */
    public static Optional<String> pollOf(String field) {
        return after(POLL, field);
    }

    /** The room's code that a field names; empty for any other field. */
    public static Optional<RoomCode> roomOf(String field) {
        return after(ROOM, field)
                .flatMap(code ->
                        code.equals(RoomCode.HOUSE.value()) ? Optional.of(RoomCode.HOUSE) : RoomCode.parse(code));
    }

    private static Optional<String> after(String prefix, String field) {
        return Optional.of(field).filter(name -> name.startsWith(prefix)).map(name -> name.substring(prefix.length()));
    }

    /** A poll's object. */
    public static String write(PollDefinition definition) {
        Poll poll = definition.poll();
        JsonArrayBuilder options = Json.createArrayBuilder();
        poll.options()
                .forEach(option -> options.add(
                        Json.createObjectBuilder().add("key", option.key()).add("label", option.label())));
        JsonObjectBuilder object = Json.createObjectBuilder()
                .add("question", poll.question())
                .add("language", poll.language())
                .add("options", options)
                .add("revote", word(poll.revote()))
                .add("results", word(definition.results()));
        poll.opens().ifPresent(opens -> object.add("opens", opens.toString()));
        poll.closes().ifPresent(closes -> object.add("closes", closes.toString()));
        definition.room().ifPresent(room -> object.add("room", room.value()));
        definition.voterKey().ifPresent(key -> object.add("voterKey", key.toString()));
        if (definition.needsCode()) {
            object.add("needsCode", true);
        }
        return object.build().toString();
    }

    /** A room's object. */
    public static String write(Room room) {
        JsonObjectBuilder object = Json.createObjectBuilder()
                .add("title", room.title())
                .add("polls", Json.createArrayBuilder(room.polls()));
        room.stage().ifPresent(stage -> object.add("stage", stage));
        if (room.deleted()) {
            object.add("deleted", true);
        }
        return object.build().toString();
    }

    /**
     * Reads a poll's object.
     *
     * @throws IllegalArgumentException where it is none
     */
    public static PollDefinition readPoll(String pollId, String written) {
        return read(pollField(pollId), written, object -> {
            List<PollOption> options = object.getJsonArray("options").getValuesAs(JsonObject.class).stream()
                    .map(option -> new PollOption(option.getString("key"), option.getString("label")))
                    .toList();
            Poll poll = new Poll(
                    pollId,
                    object.getString("question"),
                    object.getString("language"),
                    options,
                    RevoteRule.valueOf(object.getString("revote").toUpperCase(Locale.ROOT)),
                    text(object, "opens").map(Instant::parse),
                    text(object, "closes").map(Instant::parse));
            return new PollDefinition(
                    poll,
                    ResultsRule.valueOf(object.getString("results").toUpperCase(Locale.ROOT)),
                    text(object, "room").flatMap(RoomCode::parse),
                    text(object, "voterKey").map(UUID::fromString),
                    object.getBoolean("needsCode", false));
        });
    }

    /**
     * Reads a room's object.
     *
     * @throws IllegalArgumentException where it is none
     */
    public static Room readRoom(RoomCode code, String written) {
        return read(roomField(code), written, object -> {
            List<String> polls = object.getJsonArray("polls").getValuesAs(JsonString::getString);
            return new Room(
                    code, object.getString("title"), polls, text(object, "stage"), object.getBoolean("deleted", false));
        });
    }

    private interface Reading<T> {
        T of(JsonObject object);
    }

    private static <T> T read(String field, String written, Reading<T> reading) {
        try (var reader = Json.createReader(new StringReader(written))) {
            return reading.of(reader.readObject());
        } catch (JsonException
                | ClassCastException
                | NullPointerException
                | DateTimeParseException
                | IllegalArgumentException wrong) {
            throw new IllegalArgumentException(
                    "%s of Redis' hash %s is no such definition: %s".formatted(field, RedisNames.DEFINITIONS, written),
                    wrong);
        }
    }

    private static Optional<String> text(JsonObject object, String name) {
        return Optional.ofNullable(object.get(name))
                .filter(value -> value.getValueType() == JsonValue.ValueType.STRING)
                .map(value -> ((JsonString) value).getString());
    }

    private static String word(Enum<?> rule) {
        return rule.name().toLowerCase(Locale.ROOT);
    }
}
