package org.votingapp.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class FigureTest {

    private static final Figure VOTES = Figure.of("step", "votes", "a second", List.of(30.0, 10.0, 20.0));

    @Test
    void theMedianStandsBetweenLeastAndMost() {
        assertThat(List.of(VOTES.min(), VOTES.median(), VOTES.max())).containsExactly(10.0, 20.0, 30.0);
    }

    @Test
    void theMedianOfAnEvenNumberIsTheMiddleOfTwo() {
        assertThat(Figure.of("step", "votes", "a second", List.of(4.0, 1.0, 2.0, 3.0))
                        .median())
                .isEqualTo(2.5);
    }

    @Test
    void eachRoundIsHeldAgainstTheLimitOfTheSameRound() {
        assertThat(VOTES.against("limit", List.of(60.0, 40.0, 10.0)).share()).contains(0.5);
    }

    @Test
    void aTargetMayBeAShareOfTheLimit() {
        Figure figure = VOTES.against("limit", List.of(60.0, 40.0, 10.0));
        assertThat(figure.with(Target.shareOfAtLeast(0.5)).reached()).contains(true);
        assertThat(figure.with(Target.shareOfAtLeast(0.51)).reached()).contains(false);
    }

    @Test
    void aTargetMayBeTheMostThatIsRight() {
        assertThat(VOTES.with(Target.atMost(20)).reached()).contains(true);
        assertThat(VOTES.with(Target.atMost(19.9)).reached()).contains(false);
        assertThat(VOTES.with(Target.atLeast(20)).reached()).contains(true);
        assertThat(VOTES.reached()).isEmpty();
    }

    @Test
    void aFigureNeedsFiniteValues() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Figure.of("step", "votes", "a second", List.of(Double.NaN)));
        assertThatIllegalArgumentException().isThrownBy(() -> Figure.of("step", "votes", "a second", List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> VOTES.against("limit", List.of(1.0)));
    }
}
