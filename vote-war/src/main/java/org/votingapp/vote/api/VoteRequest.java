package org.votingapp.vote.api;

import jakarta.json.JsonException;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * What a client posts: {@code {"vote":"a"}}, or {@code {"vote":"a","code":"7KXT4M-29BCDF-GHJKMN"}}.
 *
 * @param choice the value of {@code vote}, as it came
 * @param code the value of {@code code}, as it came; empty where there is none
 */
record VoteRequest(String choice, String code) {

    private static final String VOTE = "vote";
    private static final String CODE = "code";
    private static final Set<String> NAMES = Set.of(VOTE, CODE);
    private static final String EXPECTED = "; the body must be a JSON object such as {\"vote\":\"a\"}";

    /**
     * Reads the body.
     *
     * @throws MalformedVoteException saying what is wrong with it, for the client
     */
    static VoteRequest parse(String body, JsonParserFactory parsers) throws MalformedVoteException {
        Map<String, JsonValue> members = read(body, parsers);
        if (!members.containsKey(VOTE)) {
            throw new MalformedVoteException("\"vote\" is missing" + EXPECTED);
        }
        return new VoteRequest(text(VOTE, members), members.containsKey(CODE) ? text(CODE, members) : "");
    }

    private static String text(String name, Map<String, JsonValue> members) throws MalformedVoteException {
        JsonValue value = members.get(name);
        if (value.getValueType() != JsonValue.ValueType.STRING) {
            throw new MalformedVoteException("\"%s\" is not a string but %s".formatted(name, type(value)) + EXPECTED);
        }
        return ((JsonString) value).getString();
    }

    private static Map<String, JsonValue> read(String body, JsonParserFactory parsers) throws MalformedVoteException {
        try (JsonParser parser = parsers.createParser(new StringReader(body))) {
            if (parser.next() != JsonParser.Event.START_OBJECT) {
                throw new MalformedVoteException("The body is not an object but " + type(parser.getValue()) + EXPECTED);
            }
            Map<String, JsonValue> members = members(parser);
            if (parser.hasNext()) {
                throw new MalformedVoteException("The body goes on after the JSON" + EXPECTED);
            }
            return members;
        } catch (JsonException | NoSuchElementException notJson) {
            throw new MalformedVoteException("The body is not JSON" + EXPECTED);
        } catch (RuntimeException | StackOverflowError tooDeep) {
            // The parser refuses huge numbers and deep nesting with plain runtime exceptions. Until its code is
            // compiled, the stack may end first.
            throw new MalformedVoteException("The body is JSON that no vote looks like" + EXPECTED);
        }
    }

    /** The members that a vote has. Of two of a name nobody can say which is meant (RFC 8259, section 4). */
    private static Map<String, JsonValue> members(JsonParser parser) throws MalformedVoteException {
        Map<String, JsonValue> members = new HashMap<>();
        while (parser.next() == JsonParser.Event.KEY_NAME) {
            String name = parser.getString();
            parser.next();
            JsonValue value = parser.getValue();
            if (NAMES.contains(name) && members.put(name, value) != null) {
                throw new MalformedVoteException("\"%s\" stands there more than once".formatted(name) + EXPECTED);
            }
        }
        return members;
    }

    private static String type(JsonValue value) {
        return value.getValueType().name().toLowerCase(Locale.ROOT);
    }

    /** The body is not a vote; the message tells the client why. */
    static final class MalformedVoteException extends Exception {

        private static final long serialVersionUID = 1L;

        private MalformedVoteException(String message) {
            super(message);
        }
    }
}
