package org.votingapp.worker.books;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TallyDelayTest {

    private static final Instant NOW = Instant.parse("2027-03-01T09:00:00Z");

    private final TallyDelay delay = new TallyDelay();

    @Test
    void theLongestSinceItWasAskedLastIsTold() {
        delay.noted(NOW, NOW.toEpochMilli() - 20);
        delay.noted(NOW, NOW.toEpochMilli() - 300);
        delay.noted(NOW, NOW.toEpochMilli() - 40);

        assertThat(delay.take()).hasValue(300);
        assertThat(delay.take()).isEmpty();
    }

    @Test
    void itGoesByTheClockOfRedisWhichGaveTheIds() {
        delay.redisTime(NOW.plusSeconds(5), NOW);
        delay.noted(NOW, NOW.toEpochMilli() + 4_900);

        assertThat(delay.take()).hasValue(100);
    }

    @Test
    void idsThatAWriterMadeUpTellNothing() {
        delay.noted(NOW, NOW.plusSeconds(60).toEpochMilli());
        delay.noted(NOW, -1);
        delay.noted(NOW, Long.MAX_VALUE);

        assertThat(delay.take()).isEmpty();
    }
}
