package org.votingapp.vote.api;

import jakarta.json.JsonException;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * What a client posts: {@code {"vote":"a"}}.
 *
 * @param choice the value of {@code vote}, as it came
 */
record VoteRequest(String choice) {

    private static final String EXPECTED = "; the body must be a JSON object such as {\"vote\":\"a\"}";

    /**
     * Reads the body.
     *
     * @throws MalformedVoteException saying what is wrong with it, for the client
     */
    static VoteRequest parse(String body, JsonParserFactory parsers) throws MalformedVoteException {
        JsonValue vote =
                read(body, parsers).orElseThrow(() -> new MalformedVoteException("\"vote\" is missing" + EXPECTED));
        if (vote.getValueType() != JsonValue.ValueType.STRING) {
            throw new MalformedVoteException("\"vote\" is not a string but " + type(vote) + EXPECTED);
        }
        return new VoteRequest(((JsonString) vote).getString());
    }

    private static Optional<JsonValue> read(String body, JsonParserFactory parsers) throws MalformedVoteException {
        try (JsonParser parser = parsers.createParser(new StringReader(body))) {
            if (parser.next() != JsonParser.Event.START_OBJECT) {
                throw new MalformedVoteException("The body is not an object but " + type(parser.getValue()) + EXPECTED);
            }
            Optional<JsonValue> vote = onlyVote(parser);
            if (parser.hasNext()) {
                throw new MalformedVoteException("The body goes on after the JSON" + EXPECTED);
            }
            return vote;
        } catch (JsonException | NoSuchElementException notJson) {
            throw new MalformedVoteException("The body is not JSON" + EXPECTED);
        } catch (RuntimeException tooDeep) {
            // The parser refuses deep nesting and huge numbers with plain runtime exceptions.
            throw new MalformedVoteException("The body is JSON that no vote looks like" + EXPECTED);
        }
    }

    /** Of two votes in one object nobody can say which is meant (RFC 8259, section 4). */
    private static Optional<JsonValue> onlyVote(JsonParser parser) throws MalformedVoteException {
        Optional<JsonValue> vote = Optional.empty();
        while (parser.next() == JsonParser.Event.KEY_NAME) {
            boolean named = parser.getString().equals("vote");
            parser.next();
            JsonValue value = parser.getValue();
            if (named && vote.isPresent()) {
                throw new MalformedVoteException("\"vote\" stands there more than once" + EXPECTED);
            } else if (named) {
                vote = Optional.of(value);
            }
        }
        return vote;
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
