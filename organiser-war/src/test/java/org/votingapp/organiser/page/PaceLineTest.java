package org.votingapp.organiser.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PaceLineTest {

    @Test
    void theBusiestMinuteIsAtTheTopAndNoneAtTheBottom() {
        assertThat(PaceLine.points(List.of(0L, 5L, 10L))).isEqualTo("0.0,39.0 150.0,20.0 300.0,1.0");
    }

    @Test
    void withoutVotesTheLineIsFlat() {
        assertThat(PaceLine.points(List.of(0L, 0L))).isEqualTo("0.0,39.0 300.0,39.0");
    }

    @Test
    void oneMinuteIsAPointAndNoneIsNothing() {
        assertThat(PaceLine.points(List.of(3L))).isEqualTo("0.0,1.0");
        assertThat(PaceLine.points(List.of())).isEmpty();
    }
}
