package org.votingapp.worker.drain;

import java.util.Optional;
import org.votingapp.poll.Ballot;
import org.votingapp.poll.VoterId;
import org.votingapp.runtime.redis.RedisNames;
import org.votingapp.worker.record.ReceivedBallot;
import org.votingapp.worker.stream.Rejection;
import org.votingapp.worker.stream.StreamEntry;

/**
 * Reads ballots from stream entries, strictly: {@code poll}, {@code voter} and {@code choice} once each, {@code replaces}
 * once at most, a voter as {@link VoterId} writes it. Ignores further fields. Whether poll and option exist, {@link KnownPolls} tells.
 */
final class BallotDecoder {

    private BallotDecoder() {}

    /** The ballot in an entry, or why there is none. */
    static Decoded decode(StreamEntry entry) {
        try {
            String pollId = only(entry, RedisNames.POLL);
            VoterId voter = voter(only(entry, RedisNames.VOTER));
            String choice = only(entry, RedisNames.CHOICE);
            Optional<String> replaces =
                    has(entry, RedisNames.REPLACES) ? Optional.of(only(entry, RedisNames.REPLACES)) : Optional.empty();
            return new Wellformed(new ReceivedBallot(entry.id(), new Ballot(pollId, voter, choice), replaces));
        } catch (MalformedEntryException malformed) {
            return new Malformed(new Rejection(entry.id(), malformed.getMessage()));
        }
    }

    private static boolean has(StreamEntry entry, String name) {
        return entry.fields().stream().anyMatch(field -> field.name().equals(name));
    }

    private static String only(StreamEntry entry, String name) throws MalformedEntryException {
        String value = null;
        int found = 0;
        for (StreamEntry.Field field : entry.fields()) {
            if (field.name().equals(name)) {
                value = field.value();
                found++;
            }
        }
        if (found != 1) {
            throw new MalformedEntryException(
                    found == 0
                            ? "it has no field " + name
                            : "it has %d fields %s; it must have one".formatted(found, name));
        }
        return value;
    }

    private static VoterId voter(String text) throws MalformedEntryException {
        return VoterId.parse(text)
                .orElseThrow(() -> new MalformedEntryException(
                        text.length() == VoterId.LENGTH
                                ? "voter is %s; it must be 16 bytes in base64url".formatted(Quote.of(text))
                                : "voter is %d characters long; it must be %d of base64url"
                                        .formatted(text.length(), VoterId.LENGTH)));
    }

    /** What an entry holds. */
    sealed interface Decoded {}

    /** A ballot, of any poll and with any choice. */
    record Wellformed(ReceivedBallot ballot) implements Decoded {}

    /** No ballot. */
    record Malformed(Rejection rejection) implements Decoded {}

    private static final class MalformedEntryException extends Exception {

        private static final long serialVersionUID = 1L;

        MalformedEntryException(String message) {
            super(message, null, false, false);
        }
    }
}
