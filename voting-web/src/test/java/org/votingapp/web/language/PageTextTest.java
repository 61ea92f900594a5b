package org.votingapp.web.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.votingapp.web.language.PageText.Around;

/** Sentences, numbers and times in a language. */
class PageTextTest {

    private static final String VOTES = "{0, plural, one {# vote} other {# votes}}";

    private final PageText english = new PageText(PageLanguage.ENGLISH);

    @ParameterizedTest
    @CsvSource({"0,0 votes", "1,1 vote", "2,2 votes", "5,5 votes", "21,21 votes", "1000,'1,000 votes'"})
    void aPluralFollowsItsNumber(long number, String text) {
        assertThat(english.of(VOTES, number)).isEqualTo(text);
    }

    @Test
    void aLoneApostropheStandsForItself() {
        assertThat(english.of("You can't change it in {0}.", 3)).isEqualTo("You can't change it in 3.");
    }

    @Test
    void aSentenceIsSplitAroundThePollsOwnText() {
        assertThat(english.around("Your vote for {0} waits {1} s.", 5))
                .isEqualTo(new Around("Your vote for ", " waits 5 s."));
        assertThat(english.around("{0}", null)).isEqualTo(new Around("", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "ENGLISH,'1,234,567',66.7%",
        "GERMAN,1.234.567,'66,7 %'",
        "POLISH,1 234 567,'66,7%'",
        "ARABIC,'1,234,567',66.7%"
    })
    void numbersFollowTheLocaleWithLatinDigits(PageLanguage language, String number, String percent) {
        PageText text = new PageText(language);
        assertThat(text.number(1_234_567).replaceAll("[\\u00A0\\u202F]", " ")).isEqualTo(number);
        assertThat(text.percent(new BigDecimal("66.7"))
                        .replaceAll("[\\u00A0\\u202F]", " ")
                        .replaceAll("[\\u200E\\u061C]", ""))
                .isEqualTo(percent);
    }

    @Test
    void aNumberLooksTheSameAloneAndInASentence() {
        for (PageLanguage language : PageLanguage.values()) {
            PageText text = new PageText(language);
            assertThat(text.of("{0, plural, other {#}}", 1000)).isEqualTo(text.number(1000));
        }
    }

    @Test
    void aPercentageKeepsItsDecimals() {
        assertThat(english.percent(new BigDecimal("50.0"))).isEqualTo("50.0%");
        assertThat(english.percent(new BigDecimal("50"))).isEqualTo("50%");
    }

    @Test
    void timesAreToldInUtc() {
        Instant time = Instant.parse("2026-11-29T13:03:00Z");
        assertThat(english.time(time)).contains("November\u00A029, 2026").endsWith(" 1:03\u00A0PM\u00A0UTC");
        assertThat(new PageText(PageLanguage.GERMAN).time(time)).contains("29.\u00A0November 2026", "13:03");
        assertThat(new PageText(PageLanguage.SPANISH).time(time)).contains("29\u00A0de\u00A0noviembre de 2026");
        assertThat(new PageText(PageLanguage.ARABIC).time(time)).contains("2026");
    }

    @Test
    void scriptsGetATextForEachPluralCategory() {
        assertThat(english.forScript("Try in {0, plural, =0 {no time} one {# second} other {# seconds}}."))
                .isEqualTo("{\"=0\":\"Try in no time.\",\"one\":\"Try in # second.\",\"other\":\"Try in # seconds.\"}");
        assertThat(english.forScript("Vote for {0}")).isEqualTo("{\"other\":\"Vote for {0}\"}");
    }
}
