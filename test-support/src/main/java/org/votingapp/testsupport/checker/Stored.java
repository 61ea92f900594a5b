package org.votingapp.testsupport.checker;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What a stack stores and shows once it is idle.
 *
 * @param ballots the rows of {@code ballot}
 * @param tally the rows of {@code tally}
 * @param shown the votes by option in each view of the results; options without votes may be missing
 * @param counts the numbers of ballots, by the name of their source
 */
public record Stored(
        List<StoredBallot> ballots,
        Map<String, Long> tally,
        Map<String, Map<String, Long>> shown,
        Map<String, Counts> counts) {

    /** A row of {@code ballot}. */
    public record StoredBallot(UUID voter, String choice) {}

    /**
     * The numbers of ballots.
     *
     * @param accepted taken from voters
     * @param recorded counted in the tally
     * @param duplicate further ballots of a voter
     * @param rejected moved to the stream of rejected ballots
     * @param pending not yet recorded
     */
    public record Counts(long accepted, long recorded, long duplicate, long rejected, long pending) {}

    public Stored {
        ballots = List.copyOf(ballots);
        tally = Map.copyOf(tally);
        shown = Map.copyOf(shown);
        counts = Map.copyOf(counts);
    }

    /** The tally, counted from the ballots. */
    public Map<String, Long> recount() {
        return ballots.stream().collect(groupingBy(StoredBallot::choice, TreeMap::new, counting()));
    }
}
