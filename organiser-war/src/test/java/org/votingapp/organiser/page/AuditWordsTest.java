package org.votingapp.organiser.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.votingapp.web.language.PageLanguage;
import org.votingapp.web.language.PageLanguages;

class AuditWordsTest {

    private static final String POLL = """
            {"question":"Tea?","options":["Yes","No"],"language":"en","revote":"final","results":"closed","needsCode":true,\
            "opens":"2099-01-01T00:00:00Z","closes":"2099-01-02T03:04:05Z"}""";

    private static AuditWords in(PageLanguage language) {
        return new AuditWords(new PageLanguages().text(language));
    }

    private static List<String> words(List<AuditWords.Part> parts) {
        return parts.stream()
                .map(part -> part.before() + part.time() + part.after())
                .toList();
    }

    @Test
    void aPollIsItsTextAndItsRulesInTheReadersLanguage() {
        assertThat(words(in(PageLanguage.GERMAN).after("poll.created", "", POLL)))
                .containsExactly(
                        "Tea?",
                        "Yes | No",
                        "English",
                        "Abstimmende können ihre Stimme nicht ändern",
                        "Wer sieht das Ergebnis: Alle, wenn die Abstimmung endet",
                        "Beginnt: 2099-01-01T00:00:00Z",
                        "Endet: 2099-01-02T03:04:05Z",
                        "Nur mit Stimmcode");
    }

    @Test
    void aChangeIsWhatDiffers() {
        String after = POLL.replace("\"No\"", "\"Never\"").replace("final", "changeable");
        AuditWords english = in(PageLanguage.ENGLISH);
        assertThat(words(english.before("poll.changed", POLL, after)))
                .containsExactly("Yes | No", "Voters can’t change their vote");
        assertThat(words(english.after("poll.changed", POLL, after)))
                .containsExactly("Yes | Never", "Voters can change their vote");
    }

    @ParameterizedTest
    @EnumSource(value = PageLanguage.class, names = "ENGLISH", mode = EnumSource.Mode.EXCLUDE)
    void noLanguageHasTheEnglishWords(PageLanguage language) {
        AuditWords english = in(PageLanguage.ENGLISH);
        AuditWords other = in(language);
        assertThat(words(other.after("poll.created", "", POLL)))
                .hasSize(8)
                .filteredOn(words -> !List.of("Tea?", "Yes | No", "English").contains(words))
                .doesNotContainAnyElementsOf(words(english.after("poll.created", "", POLL)));
        assertThat(other.after("poll.closed", "open", "counting"))
                .isNotEqualTo(english.after("poll.closed", "open", "counting"));
        String recount = "{\"found\":\"equal\",\"ballots\":3,\"votes\":3,\"differences\":[]}";
        assertThat(words(other.after("poll.recounted", "", recount)))
                .isNotEqualTo(words(english.after("poll.recounted", "", recount)));
    }

    @Test
    void numbersHaveTheFormsOfTheLanguage() {
        assertThat(words(in(PageLanguage.ARABIC).after("codes.made", "", "2"))).containsExactly("رمزان");
        assertThat(words(in(PageLanguage.POLISH).before("codes.revoked", "3", "")))
                .containsExactly("3 kody");
        assertThat(words(in(PageLanguage.GERMAN).after("poll.moved", "1", "2"))).containsExactly("Platz 2");
        assertThat(words(in(PageLanguage.GERMAN)
                        .after(
                                "poll.recounted",
                                "",
                                "{\"found\":\"different\",\"ballots\":1,\"votes\":2,"
                                        + "\"differences\":[{\"key\":\"b\",\"ballots\":1,\"votes\":2}]}")))
                .containsExactly(
                        "Gezählte Stimmzettel: 1. Sie stimmen nicht mit den Stimmen überein:",
                        "B: Stimmzettel: 1. Stimmen: 2.");
        assertThat(words(
                        in(PageLanguage.GERMAN).after("poll.extended", "2099-01-01T00:00:00Z", "2099-01-01T00:01:00Z")))
                .containsExactly("2099-01-01T00:01:00Z");
    }

    @Test
    void aCopyTellsOfWhat() {
        AuditWords german = in(PageLanguage.GERMAN);
        assertThat(german.before("poll.askedAgain", "tea-1", POLL)).isEmpty();
        assertThat(words(german.after("poll.askedAgain", "tea-1", POLL))).startsWith("Vorlage: tea-1", "Tea?");
    }

    @Test
    void rowsOfEarlierReleasesAreShownAsTheyStand() {
        AuditWords german = in(PageLanguage.GERMAN);
        String line = "{Tea? [Yes | No] en, final, live, with voting codes";
        assertThat(words(german.after("poll.created", "", line))).containsExactly(line);
        assertThat(words(german.after("poll.recounted", "", "3 ballots, equal to the tally")))
                .containsExactly("3 ballots, equal to the tally");
    }

    /** An organiser may call a room so. */
    @Test
    void aTitleThatLooksLikeFieldsIsATitle() {
        assertThat(words(in(PageLanguage.GERMAN).after("room.created", "", POLL)))
                .containsExactly(POLL);
    }
}
