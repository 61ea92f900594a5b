package org.votingapp.vote.api;

import jakarta.json.JsonException;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.util.Locale;
import java.util.NoSuchElementException;

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
        JsonValue value = read(body, parsers);
        if (value.getValueType() != JsonValue.ValueType.OBJECT) {
            throw new MalformedVoteException("The body is not an object but " + type(value) + EXPECTED);
        }
        JsonValue vote = value.asJsonObject().get("vote");
        if (vote == null) {
            throw new MalformedVoteException("\"vote\" is missing" + EXPECTED);
        }
        if (vote.getValueType() != JsonValue.ValueType.STRING) {
            throw new MalformedVoteException("\"vote\" is not a string but " + type(vote) + EXPECTED);
        }
        return new VoteRequest(((JsonString) vote).getString());
    }

    private static JsonValue read(String body, JsonParserFactory parsers) throws MalformedVoteException {
        try (JsonParser parser = parsers.createParser(new StringReader(body))) {
            parser.next();
            JsonValue value = parser.getValue();
            if (parser.hasNext()) {
                throw new MalformedVoteException("The body goes on after the JSON" + EXPECTED);
            }
            return value;
        } catch (JsonException | NoSuchElementException notJson) {
            throw new MalformedVoteException("The body is not JSON" + EXPECTED);
        } catch (RuntimeException tooDeep) {
            // The parser refuses deep nesting and huge numbers with plain runtime exceptions.
            throw new MalformedVoteException("The body is JSON that no vote looks like" + EXPECTED);
        }
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
