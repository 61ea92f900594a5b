package org.votingapp.testsupport.checker;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What a stack holds and shows once it is at rest.
 *
 * @param ballots the rows of {@code ballot}
 * @param tally the rows of {@code tally}
 * @param shown what each view of the results shows, by the name of the view; an option with no vote may be left out
 * @param counts the number of ballots by what became of them, by the name of who tells
 */
public record Stored(
        List<StoredBallot> ballots,
        Map<String, Long> tally,
        Map<String, Map<String, Long>> shown,
        Map<String, Counts> counts) {

    /** A row of {@code ballot}. */
    public record StoredBallot(UUID voter, String choice) {}

    /**
     * How many ballots there were.
     *
     * @param accepted taken from voters
     * @param recorded that count
     * @param duplicate beyond a voter's first
     * @param rejected moved aside
     * @param pending still on their way
     */
    public record Counts(long accepted, long recorded, long duplicate, long rejected, long pending) {}

    public Stored {
        ballots = List.copyOf(ballots);
        tally = Map.copyOf(tally);
        shown = Map.copyOf(shown);
        counts = Map.copyOf(counts);
    }

    /** The tally as it follows from the ballots. */
    public Map<String, Long> recount() {
        return ballots.stream().collect(groupingBy(StoredBallot::choice, TreeMap::new, counting()));
    }
}
