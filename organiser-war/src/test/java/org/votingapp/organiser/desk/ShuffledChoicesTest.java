package org.votingapp.organiser.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ShuffledChoicesTest {

    private static final int DRAWS = 60_000;

    private static String order(Map<String, Long> ballots, long seed) throws IOException {
        StringBuilder order = new StringBuilder();
        new ShuffledChoices(new SplittableRandom(seed)).each(ballots, order::append);
        return order.toString();
    }

    @Test
    void eachChoiceComesAsOftenAsItHasBallots() throws IOException {
        assertThat(order(Map.of("a", 3L, "b", 0L, "c", 2L), 1).chars().mapToObj(Character::toString))
                .containsExactlyInAnyOrder("a", "a", "a", "c", "c");
        assertThat(order(Map.of(), 1)).isEmpty();
    }

    @Test
    void eachOrderIsAsLikelyAsAnyOther() throws IOException {
        Map<String, Integer> orders = new HashMap<>();
        for (int seed = 0; seed < DRAWS; seed++) {
            orders.merge(order(Map.of("a", 2L, "b", 2L), seed), 1, Integer::sum);
        }
        assertThat(orders).hasSize(6);
        assertThat(orders.values()).allSatisfy(times -> assertThat(times).isBetween(9_500, 10_500));
    }
}
