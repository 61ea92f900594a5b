package org.votingapp.runtime.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.votingapp.runtime.settings.InvalidSettingException;
import org.votingapp.runtime.settings.Settings;

class ResultPassesTest {

    private static final String KEY = "k".repeat(32);
    private static final String NEXT_KEY = "n".repeat(32);
    private static final Instant NOON = Instant.parse("2027-03-01T12:00:00Z");

    @Test
    void aPassIsValidForItsPollAndNoOther() {
        String pass = passes(KEY, NOON).give("lunch");
        assertThat(pass).hasSizeLessThanOrEqualTo(ResultPasses.LONGEST).matches("[A-Za-z0-9._-]+");
        assertThat(passes(KEY, NOON).isValid(pass, "lunch")).isTrue();
        assertThat(passes(KEY, NOON).isValid(pass, "dinner")).isFalse();
        assertThat(passes(NEXT_KEY, NOON).isValid(pass, "lunch")).isFalse();
    }

    @Test
    void aPassIsValidForTwelveHoursAndNoLongerThanThirteen() {
        for (int minute : List.of(0, 59)) {
            Instant given = NOON.plus(Duration.ofMinutes(minute));
            String pass = passes(KEY, given).give("lunch");
            assertThat(passes(KEY, given.plus(ResultPasses.LIFE)).isValid(pass, "lunch"))
                    .isTrue();
            assertThat(passes(KEY, given.plus(Duration.ofHours(13))).isValid(pass, "lunch"))
                    .isFalse();
        }
    }

    @Test
    void nobodyCanExtendAPass() {
        String pass = passes(KEY, NOON).give("lunch");
        int dot = pass.indexOf('.');
        String longer = Long.parseLong(pass.substring(0, dot)) + 1 + pass.substring(dot);
        assertThat(passes(KEY, NOON).isValid(longer, "lunch")).isFalse();
    }

    @Test
    void anythingElseIsNoPass() {
        String pass = passes(KEY, NOON).give("lunch");
        for (String wrong : List.of(
                "",
                ".",
                "1",
                pass + "x",
                pass.substring(1),
                "0" + pass,
                pass.replace('.', ':'),
                "9".repeat(30) + ".x")) {
            assertThat(passes(KEY, NOON).isValid(wrong, "lunch")).as(wrong).isFalse();
        }
    }

    @Test
    void votersOfOneHourHaveTheSamePass() {
        assertThat(passes(KEY, NOON.plusSeconds(3599)).give("lunch"))
                .isEqualTo(passes(KEY, NOON).give("lunch"));
    }

    @Test
    void aKeyCanBeReplacedWithoutInvalidatingPasses() {
        String pass = passes(KEY, NOON).give("lunch");
        assertThat(passes(NEXT_KEY + "," + KEY, NOON).isValid(pass, "lunch")).isTrue();
    }

    @Test
    void withoutAKeyThereAreNoPassesAndAShortOneIsRefused() {
        assertThat(ResultPasses.read(settings(""), Clock.systemUTC())).isEmpty();
        assertThatThrownBy(() -> passes("too-short", NOON))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("RESULT_PASS_KEY is")
                .hasMessageNotContaining("too-short");
    }

    private static ResultPasses passes(String keys, Instant now) {
        return ResultPasses.read(settings(keys), Clock.fixed(now, ZoneOffset.UTC))
                .orElseThrow();
    }

    private static Settings settings(String keys) {
        return Settings.from(
                name -> Optional.ofNullable(Map.of("result.pass-key", keys).get(name)));
    }
}
