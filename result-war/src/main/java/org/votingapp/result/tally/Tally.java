package org.votingapp.result.tally;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollOption;
import org.votingapp.poll.PollState;

/**
 * The number of ballots per option of a poll, as Postgres held it at one moment.
 *
 * <p>Immutable; equal tallies look the same to every client.
 *
 * @param poll the poll
 * @param votes the ballots for each option, in the poll's order; none negative
 * @param state the poll's state at that moment
 * @param isFinal whether the poll is closed and all its ballots are counted, as the worker has committed
 * @param ballotsDeleted since when the poll's ballots are gone, and only the counts are left
 */
public record Tally(Poll poll, List<Long> votes, PollState state, boolean isFinal, Optional<Instant> ballotsDeleted) {

    /**
     * One option of the tally.
     *
     * @param key the option's key
     * @param label the option's label
     * @param votes its ballots
     * @param percent its share with one decimal; empty while the poll has no ballot
     */
    public record Line(String key, String label, long votes, Optional<BigDecimal> percent) {}

    /**
     * Copies the votes.
     *
     * @throws IllegalArgumentException where there is not one count for each option
     */
    public Tally {
        votes = List.copyOf(votes);
        if (votes.size() != poll.options().size()) {
            throw new IllegalArgumentException("%d counts for %d options"
                    .formatted(votes.size(), poll.options().size()));
        }
    }

    /** The number of all ballots. */
    public long total() {
        return votes.stream().mapToLong(Long::longValue).sum();
    }

    /** Whether the poll was open. */
    public boolean open() {
        return state == PollState.OPEN;
    }

    /** The state's name in the JSON document: {@code not-yet-open}, {@code open} or {@code closed}. */
    public String stateName() {
        return nameOf(state);
    }

    static String nameOf(PollState state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The options in the poll's order. Their percents sum to 100.0 where equal votes allow it ({@link Shares}). */
    public List<Line> lines() {
        List<Integer> tenths = total() == 0 ? List.of() : Shares.tenths(votes);
        List<Line> lines = new ArrayList<>();
        for (PollOption option : poll.options()) {
            int at = lines.size();
            Optional<BigDecimal> percent =
                    tenths.isEmpty() ? Optional.empty() : Optional.of(BigDecimal.valueOf(tenths.get(at), 1));
            lines.add(new Line(option.key(), option.label(), votes.get(at), percent));
        }
        return List.copyOf(lines);
    }
}
