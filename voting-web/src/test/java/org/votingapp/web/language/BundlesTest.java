package org.votingapp.web.language;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.MessagePattern;
import com.ibm.icu.text.PluralRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The words of the pages say the same in every language. */
class BundlesTest {

    private static final List<String> BUNDLES = List.of("common", "errors", "vote", "result", "present");

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
