package org.votingapp.result.tally;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.votingapp.poll.PollState;

/**
 * What the pages say about a tally: how far the poll is, who leads, and percents as people read them. {@code scoreboard.js}
 * says the same in the browser.
 *
 * <p>Percents are whole where whole ones sum to 100, are equal for equal votes, and tell the leaders from the others.
 * Otherwise all of them have one decimal.
 *
 * @param phase how far the poll is
 * @param places the options: in the poll's order, or by votes once the tally is final
 * @param leaders how many options have the most votes; 0 without votes
 */
public record Standing(Phase phase, List<Place> places, int leaders) {

    /** How far a poll is. */
    public enum Phase {
        /** It opens later. */
        BEFORE,
        /** It takes votes. */
        OPEN,
        /** It is closed, and ballots may still wait to be counted. */
        COUNTING,
        /** It is closed, and all its ballots are counted. */
        FINAL;

        /** The phase of a poll in this state. */
        public static Phase of(PollState state, boolean isFinal) {
            return isFinal
                    ? FINAL
                    : switch (state) {
                        case NOT_YET_OPEN -> BEFORE;
                        case OPEN -> OPEN;
                        case CLOSED -> COUNTING;
                    };
        }

        /** Its name in the pages' {@code data-phase}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One option.
     *
     * @param line the option
     * @param leads whether no option has more votes
     * @param percent its share, whole or with one decimal; empty without votes
     */
    public record Place(Tally.Line line, boolean leads, Optional<BigDecimal> percent) {}

    /** Copies the places. */
    public Standing {
        places = List.copyOf(places);
    }

    /** The standing of a tally. */
    public static Standing of(Tally tally) {
        Phase phase = Phase.of(tally.state(), tally.isFinal());
        List<Tally.Line> lines = tally.lines();
        List<Optional<BigDecimal>> percents = percents(lines);
        long most = Collections.max(tally.votes());
        List<Place> places = IntStream.range(0, lines.size())
                .mapToObj(
                        at -> new Place(lines.get(at), most > 0 && lines.get(at).votes() == most, percents.get(at)))
                .toList();
        int leaders = (int) places.stream().filter(Place::leads).count();
        Comparator<Place> byVotes =
                Comparator.comparingLong((Place place) -> place.line().votes()).reversed();
        return new Standing(
                phase, phase == Phase.FINAL ? places.stream().sorted(byVotes).toList() : places, leaders);
    }

    /** Whether several options have the most votes. */
    public boolean tie() {
        return leaders > 1;
    }

    private static List<Optional<BigDecimal>> percents(List<Tally.Line> lines) {
        List<Integer> tenths = lines.stream()
                .flatMap(line -> line.percent().stream())
                .map(percent -> percent.unscaledValue().intValue())
                .toList();
        return Shares.whole(tenths)
                .filter(whole -> most(whole) == most(tenths))
                .map(whole -> whole.stream()
                        .map(percent -> Optional.of(BigDecimal.valueOf(percent)))
                        .toList())
                .orElseGet(() -> lines.stream().map(Tally.Line::percent).toList());
    }

    private static int most(List<Integer> shares) {
        return Collections.frequency(shares, Collections.max(shares));
    }
}
