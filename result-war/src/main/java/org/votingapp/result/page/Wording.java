package org.votingapp.result.page;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollState;

/** How the result page puts numbers and times into words; its script does the same. */
final class Wording {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private Wording() {}

    /** {@code 1 vote}, {@code 1,234 votes}. */
    static String votes(long votes) {
        return String.format(Locale.ENGLISH, votes == 1 ? "%,d vote" : "%,d votes", votes);
    }

    /** The same for all votes of a poll. */
    static String total(long votes) {
        return votes == 0 ? "No votes yet" : votes(votes);
    }

    /** Whether the poll takes votes, where there is something to say about it. */
    static String state(PollState state, Poll poll) {
        return switch (state) {
            case NOT_YET_OPEN -> "Voting opens on " + time(poll.opens());
            case OPEN -> poll.closes().isPresent() ? "Voting is open until " + time(poll.closes()) : "";
            case CLOSED -> "Voting is closed";
        };
    }

    private static String time(Optional<Instant> time) {
        return time.map(TIME::format).orElseThrow();
    }
}
