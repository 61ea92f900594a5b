package org.votingapp.worker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.votingapp.runtime.settings.InvalidSettingException;
import org.votingapp.runtime.settings.Settings;

class BallotRetentionTest {

    private static BallotRetention read(String value) {
        return BallotRetention.read(Settings.from(name -> Optional.ofNullable(value)));
    }

    @Test
    void ballotsAreKeptForEverOrForTheTimeThatIsSet() {
        assertThat(read(null).time()).isEmpty();
        assertThat(read("P30D").time()).contains(Duration.ofDays(30));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT59M", "30 days", "P200Y", "-P1D"})
    void anythingElseIsRefusedInWords(String value) {
        assertThatThrownBy(() -> read(value))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("BALLOT_RETENTION is \"" + value + "\"; it must be an ISO 8601 duration");
    }
}
