package org.votingapp.vote.casting;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollOption;
import org.votingapp.poll.ResultsRule;
import org.votingapp.poll.RevoteRule;

/** Polls for tests: cats (key {@code a}) against dogs ({@code b}). */
public final class TestPolls {

    /** When those polls open that open at all. */
    public static final Instant OPENS = Instant.parse("2027-03-01T09:00:00Z");
    /** When those polls close that close at all. */
    public static final Instant CLOSES = Instant.parse("2027-03-08T17:30:00Z");

    private TestPolls() {}

    /** A poll that is always open. */
    public static Poll catsVsDogs(RevoteRule revote) {
        return poll("cats-vs-dogs", revote, Optional.empty(), Optional.empty());
    }

    /** The same by another id, where the first vote counts. */
    public static Poll named(String id) {
        return poll(id, RevoteRule.FINAL, Optional.empty(), Optional.empty());
    }

    /** A poll as this server offers it, with voters' own ids on its ballots. */
    public static OfferedPoll offered(Poll poll) {
        return new OfferedPoll(poll, ResultsRule.LIVE, Instant::now, Optional.of(UnaryOperator.identity()));
    }

    /** A poll that takes votes from {@link #OPENS} until {@link #CLOSES}. */
    public static Poll withHours(RevoteRule revote) {
        return poll("cats-vs-dogs", revote, Optional.of(OPENS), Optional.of(CLOSES));
    }

    /** A poll that its organiser has yet to open. */
    public static Poll waiting() {
        return poll("cats-vs-dogs", RevoteRule.FINAL, Optional.of(Poll.WAITING), Optional.empty());
    }

    private static Poll poll(String id, RevoteRule revote, Optional<Instant> opens, Optional<Instant> closes) {
        return new Poll(
                id,
                "Cats vs Dogs!",
                "en",
                List.of(new PollOption("a", "Cats"), new PollOption("b", "Dogs")),
                revote,
                opens,
                closes);
    }
}
