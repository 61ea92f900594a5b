package org.votingapp.worker.drain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.votingapp.worker.stream.EntryId;

class PatienceTest {

    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    private final AtomicLong clock = new AtomicLong();

    private Patience begunAt(long millis, Duration longest) {
        clock.set(millis);
        return new Patience(longest, () -> Instant.ofEpochMilli(clock.get()));
    }

    @ParameterizedTest
    @CsvSource({
        "1000000-0, true",
        "400001-7, true",
        "400000-7, false",
        "1-1, false",
        // A clock that is somewhat ahead.
        "1030000-0, true",
        "1600000-0, false",
        "9223372036854775807-0, false",
        "9223372036854775808-0, false",
        "18446744073709551615-1, false",
    })
    void anEntryWaitsForTenMinutesByTheTimeInItsId(String id, boolean waits) {
        Patience patience = begunAt(0, TEN_MINUTES);
        clock.set(1_000_000);
        assertThat(patience.isLeftFor(EntryId.parse(id))).isEqualTo(waits);
    }

    @Test
    void timeInWhichNothingCouldBeRecordedDoesNotCount() {
        EntryId old = EntryId.parse("1-1");
        Patience patience = begunAt(1_000_000, TEN_MINUTES);
        assertThat(patience.isLeftFor(old)).isTrue();
        clock.set(1_600_000);
        assertThat(patience.isLeftFor(old)).isFalse();

        patience.beginAgain();
        clock.set(2_199_999);
        assertThat(patience.isLeftFor(old)).isTrue();
        clock.set(2_200_000);
        assertThat(patience.isLeftFor(old)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1000000-0", "1000001-0"})
    void noneWaitsWhereThereIsNoTimeToWait(String id) {
        assertThat(begunAt(1_000_000, Duration.ZERO).isLeftFor(EntryId.parse(id)))
                .isFalse();
    }
}
