package org.votingapp.worker.drain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.votingapp.worker.poll.PollVersion;

class FinalResultTest {

    private static final Instant NOON = Instant.parse("2027-03-01T12:00:00Z");

    @Test
    void redisIsAskedFromAnHourBeforeAPollsEnd() {
        assertThat(FinalResult.mayBeOver(
                        pollThatCloses(Optional.of(NOON)),
                        NOON.minusSeconds(3_600).minusMillis(1)))
                .isFalse();
        assertThat(FinalResult.mayBeOver(pollThatCloses(Optional.of(NOON)), NOON.minusSeconds(3_600)))
                .isTrue();
    }

    @Test
    void aPollWithoutAnEndIsNeverOver() {
        assertThat(FinalResult.mayBeOver(pollThatCloses(Optional.empty()), Instant.MAX))
                .isFalse();
    }

    private static PollVersion pollThatCloses(Optional<Instant> closes) {
        return new PollVersion("cats-vs-dogs", 1, 1, closes, false, false);
    }
}
