package org.votingapp.organiser.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalTimesTest {

    @Test
    void aTimeIsReadInItsZoneAndKeptInUtc() {
        assertThat(LocalTimes.read("2027-07-01T10:00", "Europe/Berlin")).isEqualTo("2027-07-01T08:00:00Z");
        assertThat(LocalTimes.read("2027-01-01T10:00:30", "Europe/Berlin")).isEqualTo("2027-01-01T09:00:30Z");
        assertThat(LocalTimes.read("2027-07-01T10:00", "")).isEqualTo("2027-07-01T10:00:00Z");
        assertThat(LocalTimes.read(" ", "Europe/Berlin")).isEmpty();
    }

    @Test
    void whatIsNoTimeStaysToBeFoundWrong() {
        assertThat(LocalTimes.read("tomorrow", "UTC")).isEqualTo("tomorrow");
        assertThat(LocalTimes.read("2027-07-01T10:00", "Moon/Base")).isEqualTo("2027-07-01T10:00");
    }

    @Test
    void aTimeIsWrittenAsTheFieldTakesIt() {
        assertThat(LocalTimes.write(Optional.of(Instant.parse("2027-07-01T08:00:00Z"))))
                .isEqualTo("2027-07-01T08:00");
        assertThat(LocalTimes.write(Optional.empty())).isEmpty();
    }

    @Test
    void aTimeThatWasReadIsWrittenBack() {
        assertThat(LocalTimes.rewrite("2027-07-01T08:00:00Z")).isEqualTo("2027-07-01T08:00");
        assertThat(LocalTimes.rewrite("2027-07-01T10:00Z")).isEqualTo("2027-07-01T10:00");
        assertThat(LocalTimes.rewrite("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "soonZ", "2027-07-01T10:00", "10000-01-01T00:00:00Z"})
    void nothingIsWrittenBackOfWhatIsNoTime(String written) {
        assertThat(LocalTimes.rewrite(written)).isEmpty();
    }
}
