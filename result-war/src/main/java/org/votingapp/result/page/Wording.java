package org.votingapp.result.page;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollState;

/** The result page's words for numbers, times and states; its script uses the same ones. */
final class Wording {

    private static final DateTimeFormatter OPENS = sentence("'Voting opens on 'd MMMM uuuu, HH:mm 'UTC'");
    private static final DateTimeFormatter OPEN_UNTIL = sentence("'Voting is open until 'd MMMM uuuu, HH:mm 'UTC'");

    private Wording() {}

    /** {@code 1 vote}, {@code 1,234 votes}. */
    static String votes(long votes) {
        return String.format(Locale.ENGLISH, votes == 1 ? "%,d vote" : "%,d votes", votes);
    }

    /** The number of all votes of a poll, such as {@code 1,234 votes} or {@code No votes yet}. */
    static String total(long votes) {
        return votes == 0 ? "No votes yet" : votes(votes);
    }

    /** The poll's state in words; empty where it is open without an end. */
    static String state(PollState state, Poll poll) {
        return switch (state) {
            case NOT_YET_OPEN -> OPENS.format(poll.opens().orElseThrow());
            case OPEN -> poll.closes().map(OPEN_UNTIL::format).orElse("");
            case CLOSED -> "Voting is closed";
        };
    }

    private static DateTimeFormatter sentence(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
    }
}
