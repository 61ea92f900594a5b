package org.votingapp.systemtests.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.votingapp.stack.LocalStack;
import org.votingapp.systemtests.shared.AxeFindings;
import org.votingapp.systemtests.shared.SharedStack;

/** Every page in every state: axe-core finds nothing to object to, and nobody has to scroll sideways. */
@ExtendWith(SharedStack.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
// No call to a browser has a limit of its own: a page that does not close would stop the whole run.
@Timeout(60)
class AxeFindsNothingIT {

    /** The rules for which a page's colours matter. */
    private static final Map<String, Object> COLOURS =
            Map.of("type", "rule", "values", List.of("color-contrast", "link-in-text-block"));

    private static final Set<String> EACH_PAGE = Set.of("vote-open", "result-leader", "present-live", "error-404");

    private static final int NARROW = 320;
    private static final int WIDE = 1920;
    private static final int HEIGHT = 640;

    private final PageStates states;
    private final StateWindow english;
    private final StateWindow arabic;

    AxeFindsNothingIT(LocalStack stack, Browser browser) {
        this.states = new PageStates(stack);
        this.english = new StateWindow(browser, inLanguage("en"));
        this.arabic = new StateWindow(browser, inLanguage("ar"));
    }

    @AfterAll
    void close() {
        english.close();
        arabic.close();
    }

    /** What a reader may ask the system for. */
    private enum Colours {
        LIGHT(ColorScheme.LIGHT, ForcedColors.NONE),
        DARK(ColorScheme.DARK, ForcedColors.NONE),
        FORCED(ColorScheme.LIGHT, ForcedColors.ACTIVE);

        private final Page.EmulateMediaOptions media;

        Colours(ColorScheme scheme, ForcedColors forced) {
            media = new Page.EmulateMediaOptions().setColorScheme(scheme).setForcedColors(forced);
        }

        void ask(Page page) {
            page.emulateMedia(media);
            // Present mode is dark for everybody, until its button is pressed.
            page.evaluate("""
                    scheme => {
                      const { dataset } = document.documentElement;
                      dataset.scheme = dataset.scheme && scheme;
                    }""", this == LIGHT ? "light" : "dark");
            if (this == FORCED) {
                // Of the text's fill, which axe-core measures, Chromium tells the colour that it does not paint.
                page.evaluate("""
                        document.querySelectorAll('body, body *').forEach(
                            element => element.style.webkitTextFillColor = getComputedStyle(element).color)""");
            }
        }
    }

    Stream<PageState> inEnglish() {
        return states.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void inEnglish(PageState state) throws Exception {
        english.show(state, page -> {
            SoftAssertions softly = new SoftAssertions();
            for (int width : List.of(WIDE, NARROW)) {
                page.setViewportSize(width, HEIGHT);
                softly.assertThat(page.evaluate("document.documentElement.scrollWidth"))
                        .as("the page's width")
                        .isEqualTo(width);
            }
            AxeFindings.prepare(page);
            for (Colours each : Colours.values()) {
                each.ask(page);
                softly.assertThat(AxeFindings.on(page, each == Colours.LIGHT ? AxeFindings.EACH_RULE : COLOURS))
                        .as("%s colours", each)
                        .isEmpty();
            }
            page.emulateMedia(Colours.LIGHT.media);
            softly.assertAll();
        });
    }

    Stream<PageState> inArabic() {
        return states.all().filter(state -> EACH_PAGE.contains(state.name()));
    }

    /** Arabic is written from right to left: one state of each page. */
    @ParameterizedTest(name = "{0}")
    @MethodSource
    void inArabic(PageState state) throws Exception {
        arabic.show(state, page -> {
            assertThat(page.evaluate("document.documentElement.dir")).isEqualTo("rtl");
            page.setViewportSize(NARROW, HEIGHT);
            assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(NARROW);
            AxeFindings.prepare(page);
            assertThat(AxeFindings.on(page, AxeFindings.EACH_RULE)).isEmpty();
        });
    }

    private static Browser.NewContextOptions inLanguage(String language) {
        return new Browser.NewContextOptions()
                .setLocale(language)
                // For axe-core's own script.
                .setBypassCSP(true);
    }
}
