package org.votingapp.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.votingapp.runtime.settings.InvalidSettingException;
import org.votingapp.runtime.settings.Settings;

class ResultSettingsTest {

    private final Map<String, String> values =
            new HashMap<>(Map.of("poll.id", "cats-vs-dogs", "results.max-watchers", "20000"));

    @Test
    void theyAreRead() {
        values.put("vote.url", "http://{host}:8080/");
        ResultSettings settings = read();
        assertThat(settings.pollId()).isEqualTo("cats-vs-dogs");
        assertThat(settings.maxWatchers()).isEqualTo(20000);
        assertThat(settings.votingPage().from("here")).isEqualTo("http://here:8080/");
    }

    @Test
    void theVotingPageMayBeUnknown() {
        assertThat(read().votingPage().from("here")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "poll.id, Cats vs Dogs, POLL_ID",
        "results.max-watchers, 0, RESULTS_MAX_WATCHERS",
        "results.max-watchers, many, RESULTS_MAX_WATCHERS",
        "vote.url, ftp://here/, VOTE_URL"
    })
    void aBadValueIsRefusedByTheVariablesName(String property, String value, String variable) {
        values.put(property, value);
        assertThatThrownBy(this::read)
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("%s is \"%s\"; it must be ", variable, value);
    }

    private ResultSettings read() {
        return ResultSettings.read(Settings.from(name -> Optional.ofNullable(values.get(name))));
    }
}
