package org.votingapp.result.tally;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.votingapp.poll.PollState;

class TallyTest {

    @Property
    void percentsSumToExactlyOneHundred(
            @ForAll @LongRange(max = 1_000_000) long a, @ForAll @LongRange(max = 9) long b) {
        Assume.that(a + b > 0);
        BigDecimal sum = Tallies.catsAndDogs(a, b).lines().stream()
                .map(line -> line.percent().orElseThrow())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(sum).isEqualTo(new BigDecimal("100.0"));
    }

    @Test
    void thereIsNoPercentWithoutVotes() {
        assertThat(Tallies.catsAndDogs(0, 0).lines())
                .extracting(Tally.Line::percent)
                .containsOnly(Optional.empty());
    }

    @Test
    void percentsHaveOneDecimal() {
        assertThat(Tallies.catsAndDogs(2, 1).lines())
                .extracting(line -> line.percent().orElseThrow().toPlainString())
                .containsExactly("66.7", "33.3");
        assertThat(Tallies.catsAndDogs(2, 0).lines())
                .extracting(line -> line.percent().orElseThrow().toPlainString())
                .containsExactly("100.0", "0.0");
    }

    @Test
    void itIsOpenOnlyWhileThePollIs() {
        assertThat(new Tally(
                                Tallies.poll("Cats", "Dogs"),
                                List.of(1L, 2L),
                                PollState.NOT_YET_OPEN,
                                false,
                                Optional.empty())
                        .open())
                .isFalse();
        assertThat(new Tally(Tallies.poll("Cats", "Dogs"), List.of(1L, 2L), PollState.OPEN, false, Optional.empty())
                        .open())
                .isTrue();
        assertThat(new Tally(Tallies.poll("Cats", "Dogs"), List.of(1L, 2L), PollState.CLOSED, false, Optional.empty())
                        .open())
                .isFalse();
    }

    @Test
    void eachOptionHasACount() {
        assertThatThrownBy(() ->
                        new Tally(Tallies.poll("Cats", "Dogs"), List.of(1L), PollState.OPEN, false, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
