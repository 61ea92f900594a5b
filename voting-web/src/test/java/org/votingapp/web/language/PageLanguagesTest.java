package org.votingapp.web.language;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which language a browser gets. */
class PageLanguagesTest {

    private final PageLanguages languages = new PageLanguages();

    @ParameterizedTest
    @CsvSource({
        "de,GERMAN",
        "'de-CH,en;q=0.5',GERMAN",
        "'sv,fr;q=0.9,en;q=0.8',FRENCH",
        "'en;q=0.5,pl',POLISH",
        "zh-CN,CHINESE",
        "zh-Hans-SG,CHINESE",
        "pt-BR,PORTUGUESE",
        "ar-EG,ARABIC",
        "ja,JAPANESE",
        "sv,ENGLISH",
        "*,ENGLISH",
        "'',ENGLISH",
        "'de;q=x',ENGLISH",
        "'\u0000',ENGLISH"
    })
    void theBestOfTheAcceptedLanguagesIsTaken(String header, PageLanguage language) {
        assertThat(languages.of(request(header))).isEqualTo(language);
    }

    @Test
    void withoutAHeaderItIsEnglish() {
        assertThat(languages.of(request(null))).isEqualTo(PageLanguage.ENGLISH);
    }

    @Test
    void aKeptChoiceComesFirst() {
        assertThat(languages.of(request("de", new Cookie("other", "fr"), new Cookie("language", "it"))))
                .isEqualTo(PageLanguage.ITALIAN);
    }

    @Test
    void anInventedChoiceIsIgnored() {
        assertThat(languages.of(request("de", new Cookie("language", "../x")))).isEqualTo(PageLanguage.GERMAN);
    }

    @Test
    void inventedHeadersDoNotFillTheMemory() {
        for (int each = 0; each < 2000; each++) {
            languages.of(request("de, en;q=0." + (1000 + each)));
        }
        assertThat(languages)
                .extracting("accepted")
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .hasSizeLessThanOrEqualTo(500);
        assertThat(languages.of(request("de," + "x".repeat(10_000)))).isEqualTo(PageLanguage.ENGLISH);
    }

    private static HttpServletRequest request(String header, Cookie... cookies) {
        Map<String, Object> answers = new java.util.HashMap<>();
        answers.put("getCookies", cookies.length == 0 ? null : cookies);
        answers.put("getHeader", header);
        return (HttpServletRequest) Proxy.newProxyInstance(
                HttpServletRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> answers.get(method.getName()));
    }
}
