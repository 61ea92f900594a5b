package org.votingapp.worker.record;

import java.util.Map;
import org.votingapp.poll.Ballot;
import org.votingapp.poll.VoterId;
import org.votingapp.runtime.redis.RedisNames;
import org.votingapp.worker.poll.KnownPoll;
import org.votingapp.worker.stream.Rejection;
import org.votingapp.worker.stream.StreamEntry;

/**
 * Reads ballots from entries, strictly: {@code poll}, {@code voter} and {@code choice} once each, a voter as
 * {@link VoterId} writes it, a poll and an option that exist. Further fields are ignored. Immutable.
 */
public final class BallotDecoder {

    private final Map<String, KnownPoll> polls;

    /** @param polls the polls that exist, by id */
    public BallotDecoder(Map<String, KnownPoll> polls) {
        this.polls = Map.copyOf(polls);
    }

    /** The ballot in an entry, or why there is none. */
    public Decoded decode(StreamEntry entry) {
        try {
            String pollId = only(entry, RedisNames.POLL);
            VoterId voter = voter(only(entry, RedisNames.VOTER));
            String choice = only(entry, RedisNames.CHOICE);
            KnownPoll poll = polls.get(pollId);
            if (poll == null) {
                String reason = "there is no poll " + Quote.of(pollId);
                return new Unknown(pollId, choice, new Rejection(entry.id(), reason, true));
            }
            if (!poll.options().contains(choice)) {
                String reason = "poll %s has no option %s; its options are %s"
                        .formatted(poll.id(), Quote.of(choice), String.join(", ", poll.options()));
                return new Unknown(pollId, choice, new Rejection(entry.id(), reason, true));
            }
            return new Valid(new ReceivedBallot(entry.id(), new Ballot(pollId, voter, choice)));
        } catch (MalformedEntry malformed) {
            return new Malformed(new Rejection(entry.id(), malformed.getMessage()));
        }
    }

    private static String only(StreamEntry entry, String name) throws MalformedEntry {
        String value = null;
        int found = 0;
        for (StreamEntry.Field field : entry.fields()) {
            if (field.name().equals(name)) {
                value = field.value();
                found++;
            }
        }
        if (found != 1) {
            throw new MalformedEntry(
                    found == 0
                            ? "it has no field " + name
                            : "it has %d fields %s; it must have one".formatted(found, name));
        }
        return value;
    }

    private static VoterId voter(String text) throws MalformedEntry {
        return VoterId.parse(text)
                .orElseThrow(() -> new MalformedEntry(
                        text.length() == VoterId.LENGTH
                                ? "voter is %s; it must be 16 bytes in base64url".formatted(Quote.of(text))
                                : "voter is %d characters long; it must be %d of base64url"
                                        .formatted(text.length(), VoterId.LENGTH)));
    }

    /** What an entry turned out to be. */
    public sealed interface Decoded {}

    /** A ballot. */
    public record Valid(ReceivedBallot ballot) implements Decoded {}

    /** A ballot for a poll or an option that is not among the given ones; later ones may have it. */
    public record Unknown(String pollId, String choice, Rejection rejection) implements Decoded {}

    /** No ballot, whatever polls there are. */
    public record Malformed(Rejection rejection) implements Decoded {}

    private static final class MalformedEntry extends Exception {

        private static final long serialVersionUID = 1L;

        MalformedEntry(String message) {
            super(message, null, false, false);
        }
    }
}
