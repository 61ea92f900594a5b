package org.votingapp.systemtests.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.votingapp.stack.LocalStack;
import org.votingapp.systemtests.pages.PlayedStream.Connection;
import org.votingapp.systemtests.shared.SharedStack;

/** Where things stand on the result page, with any labels and on any screen. */
@ExtendWith(SharedStack.class)
class ScoreboardLayoutIT {

    private static final List<String> LABELS = List.of(
            "A",
            "Repair the playground next to the school so that it can be used again before the summer holidays",
            "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsvorstandsmitglied",
            "x".repeat(100),
            "إصلاح الملعب المجاور للمدرسة حتى يمكن استخدامه مرة أخرى قبل العطلة الصيفية",
            "לתקן את גן המשחקים ליד בית הספר כדי שיהיה אפשר להשתמש בו שוב לפני חופשת הקיץ",
            "在暑假之前修复学校旁边的操场以便再次使用".repeat(5),
            "👩‍👩‍👧‍👦🏳️‍🌈👨🏽‍🚀".repeat(5),
            "https://example.org/a/very/long/address/without/any/space/to/break/at",
            "Ça");

    private final LocalStack stack;
    private final Browser browser;

    ScoreboardLayoutIT(LocalStack stack, Browser browser) {
        this.stack = stack;
        this.browser = browser;
    }

    @ParameterizedTest
    @ValueSource(strings = {"ltr", "rtl"})
    void noLabelOverlapsAnythingOnAnyScreen(String direction) {
        try (BrowserContext context = browser.newContext()) {
            Page page = open(context, 320);
            // A tally of the options that the poll really has would load the page anew.
            page.locator("#pause").click();
            assertThat(page.locator("#result")).hasAttribute("data-paused", "true");
            fillWith(page, direction);
            for (int width : List.of(320, 360, 390, 480, 640, 768, 959, 960, 1280, 1920)) {
                page.setViewportSize(width, 800);
                Assertions.assertThat((List<?>) page.evaluate("""
                        () => {
                          const wrong = [];
                          const box = (element) => {
                            const range = document.createRange();
                            range.selectNodeContents(element);
                            return range.getBoundingClientRect();
                          };
                          const board = document.getElementById('rows').getBoundingClientRect();
                          let last = board.top;
                          for (const row of document.querySelectorAll('.row')) {
                            const bar = row.querySelector('.bar').getBoundingClientRect();
                            const lines = [box(row.querySelector('.name')), bar, box(row.querySelector('.numbers'))];
                            for (const line of lines) {
                              if (line.top < last - 1 || line.left < board.left - 1 || line.right > board.right + 1) {
                                wrong.push(`${row.textContent.trim().slice(0, 20)} ${JSON.stringify(line)} below ${last}`);
                              }
                              last = line.bottom;
                            }
                          }
                          if (last > document.querySelector('footer').getBoundingClientRect().top) {
                            wrong.push('the footer');
                          }
                          if (document.documentElement.scrollWidth > innerWidth) {
                            wrong.push('the page scrolls sideways');
                          }
                          return wrong;
                        }"""))
                        .as("at a width of %d", width)
                        .isEmpty();
                BoundingBox bar = page.locator(".bar").first().boundingBox();
                Assertions.assertThat(bar.height).isBetween(12.0, 20.0);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ar"})
    void barsGrowFromWhereALineBegins(String language) throws Exception {
        try (BrowserContext context = browser.newContext(new Browser.NewContextOptions().setLocale(language))) {
            PlayedStream stream = new PlayedStream(context);
            Page page = open(context, 800);
            stream.next(page).tally(PlayedTally.open(2, 3));
            BoundingBox bar = page.locator("[data-option=a] .bar").boundingBox();
            page.waitForCondition(() -> {
                BoundingBox share = page.locator("[data-option=a] .share").boundingBox();
                double gap = language.equals("en") ? share.x - bar.x : bar.x + bar.width - share.x - share.width;
                return Math.abs(share.width - 0.4 * bar.width) < 1 && Math.abs(gap) < 1;
            });
        }
    }

    @Test
    void theWinnersLabelBeginsWhereTheLinesOfAnArabicPageBegin() throws Exception {
        try (BrowserContext context = browser.newContext(new Browser.NewContextOptions().setLocale("ar"))) {
            PlayedStream stream = new PlayedStream(context);
            Page page = open(context, 800);
            stream.next(page).tally(PlayedTally.last(3, 2));
            assertThat(page.locator("#verdict-label")).hasText("Cats");
            Assertions.assertThat(page.evaluate("""
                    () => {
                      const [word, label] = ['verdict-word', 'verdict-label'].map((id) => {
                        const range = document.createRange();
                        range.selectNodeContents(document.getElementById(id));
                        return range.getBoundingClientRect().right;
                      });
                      return Math.abs(word - label) < 2;
                    }""")).isEqualTo(true);
        }
    }

    @Test
    void rowsChangePlacesInOneMovementOnlyWhereMovementIsWelcome() throws Exception {
        for (boolean calm : List.of(false, true)) {
            try (BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                    .setReducedMotion(calm ? ReducedMotion.REDUCE : ReducedMotion.NO_PREFERENCE))) {
                PlayedStream stream = new PlayedStream(context);
                context.addInitScript("""
                        window.moved = 0;
                        const animate = Element.prototype.animate;
                        Element.prototype.animate = function (...how) {
                          window.moved++;
                          return animate.apply(this, how);
                        };
                        """);
                Page page = open(context, 800);
                Connection connection = stream.next(page);
                connection.tally(PlayedTally.open(1, 2));
                assertThat(page.locator("#total")).hasText("3 votes");
                Assertions.assertThat(page.evaluate("window.moved")).isEqualTo(0);
                connection.tally(PlayedTally.last(1, 2));
                assertThat(page.locator(".row").first()).hasAttribute("data-option", "b");
                Assertions.assertThat(page.evaluate("window.moved")).isEqualTo(calm ? 0 : 2);
            }
        }
    }

    private static void fillWith(Page page, String direction) {
        page.evaluate("""
                ([labels, direction]) => {
                  document.documentElement.dir = direction;
                  const rows = document.getElementById('rows');
                  const first = rows.firstElementChild;
                  rows.replaceChildren(...labels.map((label, at) => {
                    const row = first.cloneNode(true);
                    row.dataset.option = 'abcdefghij'[at];
                    row.dataset.leads = at % 2 === 0;
                    row.querySelector('.label').textContent = label;
                    row.querySelector('.percent').textContent = '33.3%';
                    row.querySelector('.votes').textContent = '12,345,678 votes';
                    row.querySelector('.mark-word').textContent = 'Leading';
                    return row;
                  }));
                }""", List.of(LABELS, direction));
    }

    private Page open(BrowserContext context, int width) {
        Page page = context.newPage();
        page.setViewportSize(width, 800);
        page.navigate(stack.result().uri("/").toString());
        assertThat(page.locator("#pause")).isVisible();
        return page;
    }
}
