package org.votingapp.systemtests.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.votingapp.stack.LocalStack;
import org.votingapp.systemtests.shared.SharedStack;

/** Pages take the browser's language, or the one that their reader chose. */
@ExtendWith(SharedStack.class)
class LanguagesIT {

    private final LocalStack stack;
    private final Browser browser;

    LanguagesIT(LocalStack stack, Browser browser) {
        this.stack = stack;
        this.browser = browser;
    }

    private BrowserContext speaking(String language) {
        return browser.newContext(new Browser.NewContextOptions().setLocale(language));
    }

    private Page open(BrowserContext context, String server, String path) {
        Page page = context.newPage();
        page.navigate((server.equals("vote") ? stack.vote() : stack.result())
                .uri(path)
                .toString());
        return page;
    }

    @ParameterizedTest
    @CsvSource({"vote,/", "result,/", "vote,/nothing", "result,/nothing"})
    void aPageSpeaksTheBrowsersLanguage(String server, String path) {
        try (BrowserContext german = speaking("de-CH");
                BrowserContext arabic = speaking("ar");
                BrowserContext chinese = speaking("zh-CN")) {
            assertLanguage(open(german, server, path), "de", "ltr");
            assertLanguage(open(arabic, server, path), "ar", "rtl");
            assertLanguage(open(chinese, server, path), "zh-Hans", "ltr");
        }
    }

    private static void assertLanguage(Page page, String tag, String direction) {
        assertThat(page.locator("html").getAttribute("lang")).isEqualTo(tag);
        assertThat(page.locator("html").getAttribute("dir")).isEqualTo(direction);
    }

    @Test
    void anErrorIsToldInTheBrowsersLanguage() {
        try (BrowserContext german = speaking("de")) {
            assertThat(open(german, "vote", "/nothing").locator("h1").textContent())
                    .isEqualTo("Seite nicht gefunden");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"vote", "result"})
    void theSwitchKeepsAnotherLanguage(String server) {
        try (BrowserContext german = speaking("de")) {
            Page page = open(german, server, "/");
            page.locator(".languages summary").click();
            page.locator(".languages a[hreflang=it]").click();
            page.waitForCondition(() -> "it".equals(page.locator("html").getAttribute("lang")));
            assertThat(page.url())
                    .isEqualTo((server.equals("vote") ? stack.vote() : stack.result())
                            .uri("/")
                            .toString());
            page.reload();
            assertLanguage(page, "it", "ltr");
            assertThat(german.cookies().stream().filter(one -> one.name.equals("language")))
                    .singleElement()
                    .satisfies(cookie -> assertThat(cookie)
                            .extracting((Cookie one) -> one.value, one -> one.httpOnly, one -> one.path)
                            .containsExactly("it", true, "/"));
        }
    }

    @Test
    void theSwitchOfPresentModeLeadsBackThere() {
        try (BrowserContext english = speaking("en")) {
            Page page = open(english, "result", "/present");
            assertThat(page.locator(".languages a[hreflang=it]").getAttribute("href"))
                    .isEqualTo("language?to=it&back=present");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"language?to=xx", "language", "language?to=de%0d%0aX:y"})
    void anUnknownLanguageIsRefused(String address) {
        try (BrowserContext context = speaking("en")) {
            assertThat(context.request()
                            .get(stack.vote().uri("/" + address).toString())
                            .status())
                    .isEqualTo(400);
        }
    }

    /** No link leads to another site. */
    @ParameterizedTest
    @ValueSource(strings = {"//elsewhere.example", "https://elsewhere.example", "..", "a%0d%0aX:y", "%5c%5celsewhere"})
    void theSwitchLeadsBackToThisSiteAlone(String back) {
        try (BrowserContext context = speaking("en")) {
            var answer = context.request()
                    .get(
                            stack.vote().uri("/language?to=de&back=" + back).toString(),
                            com.microsoft.playwright.options.RequestOptions.create()
                                    .setMaxRedirects(0));
            assertThat(answer.status()).isEqualTo(303);
            assertThat(answer.headers()).containsEntry("location", "./");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"vote", "result"})
    void cachesKnowThatAPageVariesByLanguage(String server) {
        try (BrowserContext context = speaking("en")) {
            String address = (server.equals("vote") ? stack.vote() : stack.result())
                    .uri("/")
                    .toString();
            assertThat(context.request().get(address).headers().get("vary")).contains("Accept-Language", "Cookie");
        }
    }
}
