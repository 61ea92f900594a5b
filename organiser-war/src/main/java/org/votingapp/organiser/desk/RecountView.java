package org.votingapp.organiser.desk;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The last recount of a poll. Immutable.
 *
 * @param organiser who began it, by the name that is nobody else's
 * @param knownAs how they are called
 * @param begunAt when
 * @param endedAt when it ended; empty while it runs
 * @param counted the ballots counted so far
 * @param tally the votes of the poll now, for the progress
 * @param choices what it counted by option, in order; empty while it runs
 */
public record RecountView(
        String organiser,
        String knownAs,
        RecountState state,
        Instant begunAt,
        Optional<Instant> endedAt,
        long counted,
        long tally,
        List<Choice> choices) {

    /** Copies the list. */
    public RecountView {
        choices = List.copyOf(choices);
    }

    /**
     * An option.
     *
     * @param option with its votes by the tally
     * @param ballots counted for it
     */
    public record Choice(OptionView option, long ballots) {

        /** Whether they are not as many as the tally says. */
        public boolean differs() {
            return ballots != option.votes();
        }
    }

    /** Whether it counts. */
    public boolean running() {
        return state == RecountState.RUNNING;
    }

    /** The options that differ, where the two can be compared. */
    public List<Choice> differences() {
        return state == RecountState.DIFFERENT
                ? choices.stream().filter(Choice::differs).toList()
                : List.of();
    }
}
