package org.votingapp.worker.drain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollOption;
import org.votingapp.poll.RevoteRule;

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

    private static Poll pollThatCloses(Optional<Instant> closes) {
        List<PollOption> options = List.of(new PollOption("a", "Cats"), new PollOption("b", "Dogs"));
        return new Poll("cats-vs-dogs", "Cats?", "en", options, RevoteRule.FINAL, Optional.empty(), closes);
    }
}
