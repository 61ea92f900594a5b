package org.votingapp.result.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final long START = 42;

    private final Pace pace = new Pace(START);

    @Test
    void aReadingIsDueAtTheStart() {
        assertThat(pace.due(START)).isTrue();
    }

    @Test
    void aChangeIsReadAtOnceAfterAQuietTime() {
        pace.reading(START);
        assertThat(pace.due(after(500))).isFalse();
        pace.told();
        assertThat(pace.due(after(500))).isTrue();
    }

    @Test
    void aChangeWithinTheGapIsReadWhenTheGapEnds() {
        pace.reading(START);
        pace.told();
        assertThat(pace.untilDue(after(30))).isEqualTo(Duration.ofMillis(70));
        assertThat(pace.due(after(99))).isFalse();
        assertThat(pace.due(after(100))).isTrue();
    }

    @Test
    void aReadingIsDueEverySecondWithoutBeingTold() {
        pace.reading(START);
        assertThat(pace.untilDue(after(200))).isEqualTo(Duration.ofMillis(800));
        assertThat(pace.due(after(1000))).isTrue();
    }

    @Test
    void afterAFailureThePauseCountsWhateverIsTold() {
        pace.reading(START);
        pace.failed(after(5), Duration.ofMillis(300));
        pace.told();
        assertThat(pace.due(after(304))).isFalse();
        assertThat(pace.due(after(305))).isTrue();
    }

    @Property
    void readingsKeepTheGapAndTheLastChangeIsRead(
            @ForAll @Size(min = 1, max = 50) List<@IntRange(max = 400) Integer> gapsBetweenChanges) {
        Pace tried = new Pace(START);
        long now = START;
        long lastReading = Long.MIN_VALUE;
        long lastChange = START;
        long nextChange = START;
        int changes = 0;
        while (changes < gapsBetweenChanges.size() || lastReading < lastChange) {
            if (changes < gapsBetweenChanges.size() && now >= nextChange) {
                tried.told();
                lastChange = now;
                nextChange = now + millis(gapsBetweenChanges.get(changes));
                changes++;
            }
            if (tried.due(now)) {
                assertThat(lastReading == Long.MIN_VALUE || now - lastReading >= Pace.LEAST_GAP.toNanos())
                        .isTrue();
                tried.reading(now);
                lastReading = now;
            }
            assertThat(now - lastChange).isLessThan(Pace.POLL_EVERY.toNanos());
            now += millis(1);
        }
        assertThat(lastReading - lastChange).isLessThanOrEqualTo(Pace.LEAST_GAP.toNanos());
    }

    private static long after(long milliseconds) {
        return START + millis(milliseconds);
    }

    private static long millis(long milliseconds) {
        return Duration.ofMillis(milliseconds).toNanos();
    }
}
