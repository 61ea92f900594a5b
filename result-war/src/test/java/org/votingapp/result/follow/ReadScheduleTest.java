package org.votingapp.result.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ReadScheduleTest {

    private static final long START = 42;

    private final ReadSchedule schedule = new ReadSchedule(START);

    @Test
    void aReadingIsDueAtTheStart() {
        assertThat(schedule.isDue(START)).isTrue();
    }

    @Test
    void aChangeIsReadAtOnceAfterAQuietTime() {
        schedule.reading(START, false);
        assertThat(schedule.isDue(after(500))).isFalse();
        schedule.changed();
        assertThat(schedule.isDue(after(500))).isTrue();
    }

    @Test
    void aChangeWithinTheGapIsReadWhenTheGapEnds() {
        schedule.reading(START, false);
        schedule.changed();
        assertThat(schedule.untilDue(after(30))).isEqualTo(Duration.ofMillis(70));
        assertThat(schedule.isDue(after(99))).isFalse();
        assertThat(schedule.isDue(after(100))).isTrue();
    }

    @Test
    void aReadingIsDueEverySecondWithoutANotification() {
        schedule.reading(START, false);
        assertThat(schedule.untilDue(after(200))).isEqualTo(Duration.ofMillis(800));
        assertThat(schedule.isDue(after(1000))).isTrue();
    }

    @Test
    void aReadingIsDueEveryThreeSecondsWithoutANotificationWhereTheyArrive() {
        schedule.reading(START, true);
        assertThat(schedule.isDue(after(2_999))).isFalse();
        assertThat(schedule.isDue(after(3_000))).isTrue();
    }

    @Test
    void aReadingThatIsDueSoonJoinsOthersAndOneWithinTheGapDoesNot() {
        schedule.reading(START, false);
        assertThat(schedule.isNearlyDue(after(799))).isFalse();
        assertThat(schedule.isNearlyDue(after(800))).isTrue();
        schedule.changed();
        assertThat(schedule.isNearlyDue(after(99))).isFalse();
        assertThat(schedule.isNearlyDue(after(100))).isTrue();
    }

    @Property
    void readingsKeepTheGapAndTheLastChangeIsRead(
            @ForAll @Size(min = 1, max = 50) List<@IntRange(max = 400) Integer> gapsBetweenChanges) {
        ReadSchedule tried = new ReadSchedule(START);
        long now = START;
        long lastReading = Long.MIN_VALUE;
        long lastChange = START;
        long nextChange = START;
        int changes = 0;
        while (changes < gapsBetweenChanges.size() || lastReading < lastChange) {
            if (changes < gapsBetweenChanges.size() && now >= nextChange) {
                tried.changed();
                lastChange = now;
                nextChange = now + millis(gapsBetweenChanges.get(changes));
                changes++;
            }
            if (tried.isDue(now)) {
                assertThat(lastReading == Long.MIN_VALUE || now - lastReading >= ReadSchedule.LEAST_GAP.toNanos())
                        .isTrue();
                tried.reading(now, false);
                lastReading = now;
            }
            assertThat(now - lastChange).isLessThan(ReadSchedule.LONGEST_GAP.toNanos());
            now += millis(1);
        }
        assertThat(lastReading - lastChange).isLessThanOrEqualTo(ReadSchedule.LEAST_GAP.toNanos());
    }

    private static long after(long milliseconds) {
        return START + millis(milliseconds);
    }

    private static long millis(long milliseconds) {
        return Duration.ofMillis(milliseconds).toNanos();
    }
}
