package org.votingapp.worker.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads replies of Redis as RESP2 gives them: lists, integers as {@link Long}, and strings as bytes.
 *
 * <p>Jedis' own type for ids is signed and throws on ids above 2<sup>63</sup>. One entry with such an id, which anybody can add by
 * hand, must not stop the others.
 */
final class RawReplies {

    private RawReplies() {}

    /** The reply to {@code XREADGROUP}: {@code [[stream, [[id, [name, value, …]], …]]]}, or null where there is nothing. */
    static Delivery delivery(Object reply) {
        if (reply == null) {
            return Delivery.NONE;
        }
        List<StreamEntry> entries = new ArrayList<>();
        List<EntryId> deleted = new ArrayList<>();
        for (Object entry : list(list(list(reply).get(0)).get(1))) {
            EntryId id = id(entry);
            Object fields = list(entry).get(1);
            if (fields == null) {
                // Deleted from the stream while it was pending.
                deleted.add(id);
            } else {
                entries.add(new StreamEntry(id, fields(list(fields))));
            }
        }
        return new Delivery(entries, deleted);
    }

    /** The reply to {@code XAUTOCLAIM … JUSTID}: {@code [next, [id, …], …]}. */
    static BallotStream.Claim claim(Object reply) {
        List<EntryId> entries = list(list(reply).get(1)).stream()
                .map(id -> EntryId.parse(text(id)))
                .toList();
        return new BallotStream.Claim(EntryId.parse(text(list(reply).get(0))), entries);
    }

    /** The id of an entry: {@code [id, [name, value, …]]}. */
    static EntryId id(Object entry) {
        return EntryId.parse(text(list(entry).get(0)));
    }

    /** The fields of an entry: {@code [name, value, …]}. */
    static List<StreamEntry.Field> fields(List<?> namesAndValues) {
        List<StreamEntry.Field> fields = new ArrayList<>(namesAndValues.size() / 2);
        for (int i = 0; i + 1 < namesAndValues.size(); i += 2) {
            fields.add(new StreamEntry.Field(text(namesAndValues.get(i)), text(namesAndValues.get(i + 1))));
        }
        return fields;
    }

    /** One answer of {@code XINFO}: {@code [name, value, …]}, with values of any type. */
    static Map<String, Object> facts(Object reply) {
        List<?> namesAndValues = list(reply);
        Map<String, Object> facts = new HashMap<>();
        for (int i = 0; i + 1 < namesAndValues.size(); i += 2) {
            facts.put(text(namesAndValues.get(i)), namesAndValues.get(i + 1));
        }
        return facts;
    }

    static List<?> list(Object reply) {
        return (List<?>) reply;
    }

    /** A string; bytes that are no UTF-8 become U+FFFD. */
    static String text(Object bytes) {
        return new String((byte[]) bytes, UTF_8);
    }
}
