package org.votingapp.result.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff(new Random(1));

    @Test
    void pausesGrowUpToTheLongestAndAreHalvedAtMost() {
        long full = Backoff.FIRST.toMillis();
        for (int failure = 0; failure < 20; failure++) {
            assertThat(backoff.failed().toMillis()).isBetween(full / 2, full);
            full = Math.min(2 * full, Backoff.LONGEST.toMillis());
        }
    }

    @Test
    void aSuccessMakesTheNextFailureAFirstOne() {
        for (int failure = 0; failure < 5; failure++) {
            backoff.failed();
        }
        backoff.succeeded();
        assertThat(backoff.failed()).isLessThanOrEqualTo(Backoff.FIRST);
    }
}
