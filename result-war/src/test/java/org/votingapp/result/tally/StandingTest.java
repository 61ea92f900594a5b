package org.votingapp.result.tally;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.votingapp.poll.PollState;
import org.votingapp.result.tally.Standing.Phase;
import org.votingapp.result.tally.Standing.Place;

class StandingTest {

    @Test
    void theOptionWithTheMostVotesLeads() {
        Standing standing = open(3, 5, 1);
        assertThat(standing.places()).extracting(Place::leads).containsExactly(false, true, false);
        assertThat(standing.leaders()).isOne();
        assertThat(standing.tie()).isFalse();
    }

    @Test
    void severalWithTheMostVotesAreATie() {
        Standing standing = open(3, 1, 3);
        assertThat(standing.places()).extracting(Place::leads).containsExactly(true, false, true);
        assertThat(standing.tie()).isTrue();
    }

    @Test
    void nobodyLeadsWithoutVotes() {
        Standing standing = open(0, 0);
        assertThat(standing.leaders()).isZero();
        assertThat(standing.tie()).isFalse();
        assertThat(percents(standing)).containsExactly("", "");
    }

    @Test
    void optionsStandAsAskedUntilTheTallyIsFinal() {
        assertThat(keys(open(1, 3, 1, 2))).containsExactly("a", "b", "c", "d");
        assertThat(keys(standing(PollState.CLOSED, false, 1, 3, 1, 2))).containsExactly("a", "b", "c", "d");
        assertThat(keys(standing(PollState.CLOSED, true, 1, 3, 1, 2))).containsExactly("b", "d", "a", "c");
    }

    @Test
    void aClosedTallyIsCountedUntilItIsFinal() {
        assertThat(standing(PollState.NOT_YET_OPEN, false, 0, 0).phase()).isEqualTo(Phase.BEFORE);
        assertThat(open(0, 0).phase()).isEqualTo(Phase.OPEN);
        assertThat(standing(PollState.CLOSED, false, 0, 0).phase()).isEqualTo(Phase.COUNTING);
        assertThat(standing(PollState.CLOSED, true, 0, 0).phase()).isEqualTo(Phase.FINAL);
    }

    @Test
    void percentsAreWholeWhereTheySumToOneHundred() {
        assertThat(percents(open(2, 1))).containsExactly("67", "33");
        assertThat(percents(open(4, 1, 1))).containsExactly("66", "17", "17");
    }

    @Test
    void percentsHaveTenthsWhereEqualOnesWouldDiffer() {
        assertThat(percents(open(1, 1, 1))).containsExactly("33.3", "33.3", "33.3");
    }

    @Test
    void percentsHaveTenthsWhereWholeOnesWouldHideTheLead() {
        assertThat(percents(open(501, 499))).containsExactly("50.1", "49.9");
    }

    private static Standing open(long... votes) {
        return standing(PollState.OPEN, false, votes);
    }

    private static Standing standing(PollState state, boolean isFinal, long... votes) {
        String[] labels = Stream.generate(() -> "Label").limit(votes.length).toArray(String[]::new);
        List<Long> counts = Arrays.stream(votes).boxed().toList();
        return Standing.of(new Tally(Tallies.poll(labels), counts, state, isFinal, Optional.empty()));
    }

    private static List<String> keys(Standing standing) {
        return standing.places().stream().map(place -> place.line().key()).toList();
    }

    private static List<String> percents(Standing standing) {
        return standing.places().stream()
                .map(place -> place.percent().map(BigDecimal::toPlainString).orElse(""))
                .toList();
    }
}
