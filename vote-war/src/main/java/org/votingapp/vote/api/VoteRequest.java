package org.votingapp.vote.api;

import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.io.StringReader;

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
    static VoteRequest parse(String body, JsonReaderFactory readers) throws MalformedVoteException {
        JsonStructure structure = read(body, readers);
        if (structure.getValueType() != JsonValue.ValueType.OBJECT) {
            throw new MalformedVoteException("The body is an array" + EXPECTED);
        }
        JsonValue vote = ((JsonObject) structure).get("vote");
        if (vote == null) {
            throw new MalformedVoteException("\"vote\" is missing" + EXPECTED);
        }
        if (vote.getValueType() != JsonValue.ValueType.STRING) {
            String type = vote.getValueType().name().toLowerCase(java.util.Locale.ROOT);
            throw new MalformedVoteException("\"vote\" is not a string (" + type + ")" + EXPECTED);
        }
        return new VoteRequest(((JsonString) vote).getString());
    }

    private static JsonStructure read(String body, JsonReaderFactory readers) throws MalformedVoteException {
        try (JsonReader reader = readers.createReader(new StringReader(body))) {
            return reader.read();
        } catch (JsonException notJson) {
            throw new MalformedVoteException("The body is not JSON" + EXPECTED);
        } catch (RuntimeException tooDeep) {
            // The parser refuses deep nesting and huge numbers with plain runtime exceptions.
            throw new MalformedVoteException("The body is JSON that no vote looks like" + EXPECTED);
        }
    }

    /** The body is not a vote; the message tells the client why. */
    static final class MalformedVoteException extends Exception {

        private static final long serialVersionUID = 1L;

        private MalformedVoteException(String message) {
            super(message);
        }
    }
}
