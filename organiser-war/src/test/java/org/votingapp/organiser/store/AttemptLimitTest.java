package org.votingapp.organiser.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttemptLimitTest {

    private final AttemptLimit limit = new AttemptLimit("name anna", 5, Duration.ofMinutes(1));

    @ParameterizedTest
    @CsvSource({"0, PT0S", "4, PT0S", "5, PT1S", "6, PT2S", "8, PT8S", "10, PT32S", "11, PT1M", "2000000000, PT1M"})
    void afterTheFreeOnesEachFailureDoublesTheWaitUpToAMinute(int failures, Duration wait) {
        assertThat(limit.pause(failures, Duration.ZERO)).isEqualTo(wait);
    }

    @Test
    void whatHasPassedSinceTheLastFailureIsWaitedAlready() {
        assertThat(limit.pause(8, Duration.ofSeconds(3))).isEqualTo(Duration.ofSeconds(5));
        assertThat(limit.pause(8, Duration.ofSeconds(9))).isZero();
    }

    @Test
    void afterAQuarterOfAnHourAllIsForgotten() {
        AttemptLimit slow = new AttemptLimit("name anna", 0, Duration.ofHours(1));
        assertThat(slow.pause(20, Duration.ofMinutes(14))).isEqualTo(Duration.ofMinutes(46));
        assertThat(slow.pause(20, Duration.ofMinutes(15))).isZero();
    }
}
