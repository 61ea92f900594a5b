package org.votingapp.web.language;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.MessagePattern;
import com.ibm.icu.text.PluralRules;
import jakarta.json.Json;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The words of the pages say the same in every language. */
class BundlesTest {

    private static final List<String> BUNDLES = List.of("common", "errors", "vote", "result", "present", "organiser");

    private static final Pattern PLACE = Pattern.compile("\\{\\d}");

    static Stream<Arguments> bundles() {
        return BUNDLES.stream()
                .flatMap(bundle -> Stream.of(PageLanguage.values()).map(language -> Arguments.of(bundle, language)));
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void everyLanguageHasTheKeysOfEnglish(String bundle, PageLanguage language) {
        assertThat(new TreeSet<>(of(bundle, language).keySet()))
                .isEqualTo(new TreeSet<>(of(bundle, PageLanguage.ENGLISH).keySet()));
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void everySentenceHasThePlaceholdersOfTheEnglishOne(String bundle, PageLanguage language) {
        ResourceBundle english = of(bundle, PageLanguage.ENGLISH);
        ResourceBundle other = of(bundle, language);
        for (String key : english.keySet()) {
            assertThat(placeholders(other.getString(key)))
                    .as("%s in %s", key, language)
                    .isEqualTo(placeholders(english.getString(key)));
        }
    }

    /** A placeholder inside one variant of a plural would be missing in the others. */
    @ParameterizedTest
    @MethodSource("bundles")
    void everyVariantOfAPluralHasTheSamePlaceholders(String bundle, PageLanguage language) {
        ResourceBundle words = of(bundle, language);
        for (String key : words.keySet()) {
            String variants = new PageText(language).forScript(words.getString(key));
            assertThat(Json.createReader(new StringReader(variants)).readObject().values().stream()
                            .map(variant -> PLACE.matcher(variant.toString())
                                    .results()
                                    .map(MatchResult::group)
                                    .sorted()
                                    .toList())
                            .distinct())
                    .as("%s in %s", key, language)
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void everyPluralHasTheCategoriesOfItsLanguage(String bundle, PageLanguage language) {
        Set<String> categories = PluralRules.forLocale(language.locale()).getKeywords();
        ResourceBundle words = of(bundle, language);
        for (String key : words.keySet()) {
            List<String> selectors = selectors(words.getString(key));
            if (!selectors.isEmpty()) {
                assertThat(selectors).as("%s in %s", key, language).containsAll(categories);
            }
        }
    }

    /** Pages put sentences into text and attributes. */
    @ParameterizedTest
    @MethodSource("bundles")
    void noSentenceHasMarkupOrStraightDoubleQuotes(String bundle, PageLanguage language) {
        ResourceBundle words = of(bundle, language);
        for (String key : words.keySet()) {
            assertThat(words.getString(key))
                    .as("%s in %s", key, language)
                    .isNotBlank()
                    .doesNotContain("<", ">", "&", "\"");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ENGLISH    | 0 votes | 1 vote   | 2 votes | 5 votes  | 21 votes | 1,000 votes",
                "GERMAN     | 0 Stimmen | 1 Stimme | 2 Stimmen | 5 Stimmen | 21 Stimmen | 1.000 Stimmen",
                "FRENCH     | 0 vote  | 1 vote   | 2 votes | 5 votes  | 21 votes | 1 000 votes",
                "SPANISH    | 0 votos | 1 voto   | 2 votos | 5 votos  | 21 votos | 1.000 votos",
                "ITALIAN    | 0 voti  | 1 voto   | 2 voti  | 5 voti   | 21 voti  | 1.000 voti",
                "PORTUGUESE | 0 voto  | 1 voto   | 2 votos | 5 votos  | 21 votos | 1.000 votos",
                "DUTCH      | 0 stemmen | 1 stem | 2 stemmen | 5 stemmen | 21 stemmen | 1.000 stemmen",
                "POLISH     | 0 głosów | 1 głos  | 2 głosy | 5 głosów | 21 głosów | 1 000 głosów",
                "JAPANESE   | 0票     | 1票      | 2票     | 5票      | 21票     | 1,000票",
                "CHINESE    | 0 票    | 1 票     | 2 票    | 5 票     | 21 票    | 1,000 票",
                "ARABIC     | 0 صوت   | صوت واحد | صوتان   | 5 أصوات  | 21 صوتًا | 1,000 صوت"
            })
    void pluralsAreRight(
            PageLanguage language, String none, String one, String two, String five, String more, String thousand) {
        String votes = of("result", language).getString("votes");
        assertThat(LongStream.of(0, 1, 2, 5, 21, 1000)
                        .mapToObj(number -> new PageText(language).of(votes, number))
                        // A narrow or plain no-break space.
                        .map(text -> text.replaceAll("[\\u00A0\\u202F]", " ")))
                .containsExactly(none, one, two, five, more, thousand);
    }

    private static ResourceBundle of(String bundle, PageLanguage language) {
        // Of this language alone: a missing file is no English one.
        ResourceBundle.Control alone =
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
        return ResourceBundle.getBundle(
                "org.votingapp.web.words." + bundle, Locale.forLanguageTag(language.getTag()), alone);
    }

    private static List<String> placeholders(String pattern) {
        MessagePattern parsed = new MessagePattern(pattern);
        Set<String> found = new TreeSet<>();
        for (int at = 0; at < parsed.countParts(); at++) {
            if (parsed.getPartType(at) == MessagePattern.Part.Type.ARG_START) {
                found.add(parsed.getPart(at).getArgType() + " " + parsed.getSubstring(parsed.getPart(at + 1)));
            }
        }
        return List.copyOf(found);
    }

    private static List<String> selectors(String pattern) {
        MessagePattern parsed = new MessagePattern(pattern);
        List<String> found = new ArrayList<>();
        for (int at = 0; at < parsed.countParts(); at++) {
            if (parsed.getPartType(at) == MessagePattern.Part.Type.ARG_SELECTOR) {
                found.add(parsed.getSubstring(parsed.getPart(at)));
            }
        }
        return found;
    }
}
