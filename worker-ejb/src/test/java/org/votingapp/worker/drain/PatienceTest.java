package org.votingapp.worker.drain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.votingapp.worker.stream.EntryId;

class PatienceTest {

    private static final InstantSource NOW = InstantSource.fixed(Instant.ofEpochMilli(1_000_000));

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
        Patience patience = new Patience(Duration.ofMinutes(10), NOW);
        assertThat(patience.isLeftFor(EntryId.parse(id))).isEqualTo(waits);
    }

    @ParameterizedTest
    @CsvSource({"1000000-0", "1000001-0"})
    void noneWaitsWhereThereIsNoTimeToWait(String id) {
        assertThat(new Patience(Duration.ZERO, NOW).isLeftFor(EntryId.parse(id)))
                .isFalse();
    }
}
