package org.votingapp.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BackOffTest {

    private static BackOff backOff(long seed) {
        return new BackOff(Duration.ofMillis(100), Duration.ofSeconds(5), new Random(seed));
    }

    @Property
    void eachWaitIsFromHalfToAllOfADoublingTimeUpToTheLimit(@ForAll long seed) {
        BackOff backOff = backOff(seed);
        for (long ceiling : new long[] {100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000, 5_000}) {
            assertThat(backOff.next().toMillis()).isBetween(ceiling / 2, ceiling);
        }
    }

    @Test
    void afterASuccessTheNextWaitIsAFirstOne() {
        BackOff backOff = backOff(1);
        IntStream.range(0, 10).forEach(failure -> backOff.next());
        backOff.reset();
        assertThat(backOff.next()).isLessThanOrEqualTo(Duration.ofMillis(100));
    }

    @Test
    void twoThatFailTogetherDoNotReturnTogether() {
        BackOff one = backOff(1);
        BackOff other = backOff(2);
        long together = IntStream.range(0, 100)
                .filter(failure -> one.next().equals(other.next()))
                .count();
        assertThat(together).isLessThan(5);
    }
}
