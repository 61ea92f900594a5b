package org.votingapp.systemtests.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.votingapp.stack.LocalStack;
import org.votingapp.stack.liberty.LibertyPart;
import org.votingapp.systemtests.shared.SharedStack;

/** Both pages on narrow and wide screens, and by the accessibility rules that axe-core can check. */
@ExtendWith(SharedStack.class)
class PagesFitEveryoneIT {

    /** The rules of axe-core for the Web Content Accessibility Guidelines 2.2, levels A and AA. */
    private static final List<String> WCAG_AA = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

    private final LocalStack stack;
    private final Browser browser;

    PagesFitEveryoneIT(LocalStack stack, Browser browser) {
        this.stack = stack;
        this.browser = browser;
    }

    @ParameterizedTest
    @CsvSource({"vote,320", "vote,1920", "result,320", "result,1920"})
    void noPageScrollsSideways(ServerKindName server, int width) {
        try (BrowserContext context = browser.newContext(new Browser.NewContextOptions().setViewportSize(width, 640))) {
            Page page = open(context, server);
            assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(width);
            if (server == ServerKindName.vote) {
                vote(page);
                assertThat(page.evaluate("document.documentElement.scrollWidth"))
                        .isEqualTo(width);
            }
        }
    }

    /** A poll has at most ten options. */
    @ParameterizedTest
    @ValueSource(ints = {320, 480, 1920})
    void tenOptionsWithLongLabelsLieAboveTheFooter(int width) {
        try (BrowserContext context = browser.newContext(new Browser.NewContextOptions().setViewportSize(width, 640))) {
            Page page = open(context, ServerKindName.vote);
            page.evaluate("""
                    () => {
                      const tiles = document.querySelector('.tiles');
                      while (tiles.children.length < 10) {
                        tiles.append(tiles.firstElementChild.cloneNode(true));
                      }
                      tiles.dataset.count = '10';
                      for (const label of tiles.querySelectorAll('.label')) {
                        label.textContent = 'An option with a long label '.repeat(3);
                      }
                    }""");
            double lowest = (double)
                    page.evaluate(
                            "Math.max(...[...document.querySelectorAll('.tile')].map(tile => tile.getBoundingClientRect().bottom + 0.5))");
            double footer =
                    (double) page.evaluate("document.querySelector('footer').getBoundingClientRect().top + 0.5");
            assertThat(lowest).isLessThanOrEqualTo(footer);
        }
    }

    @ParameterizedTest
    @CsvSource({"vote,LIGHT", "vote,DARK", "result,LIGHT", "result,DARK"})
    void axeFindsNoViolation(ServerKindName server, ColorScheme scheme) {
        try (BrowserContext context = browser.newContext(
                new Browser.NewContextOptions().setColorScheme(scheme).setBypassCSP(true))) {
            Page page = open(context, server);
            assertThat(violations(page)).isEmpty();
            if (server == ServerKindName.vote) {
                vote(page);
                assertThat(violations(page)).isEmpty();
            }
        }
    }

    /** Its own outline must not hide the focus outline. */
    @Test
    void focusIsVisibleOnTheTileToTryAgain() {
        try (BrowserContext context = browser.newContext()) {
            Page page = open(context, ServerKindName.vote);
            page.evaluate("document.querySelector('.tile').dataset.retry = 'true'");
            Object unfocused = outlineOfTheFirstTile(page);
            for (int key = 0; key < 9 && page.locator(".tile:first-child:focus").count() == 0; key++) {
                page.keyboard().press("Tab");
            }
            assertThat(page.locator(".tile:first-child:focus").count()).isOne();
            assertThat(outlineOfTheFirstTile(page)).isNotEqualTo(unfocused);
        }
    }

    private static Object outlineOfTheFirstTile(Page page) {
        return page.evaluate("getComputedStyle(document.querySelector('.tile')).outline");
    }

    private static void vote(Page page) {
        page.locator("button[name=vote]").first().click();
        page.getByRole(AriaRole.STATUS).waitFor();
    }

    private static List<String> violations(Page page) {
        return new AxeBuilder(page)
                .withTags(WCAG_AA).analyze().getViolations().stream()
                        .map(PagesFitEveryoneIT::describe)
                        .toList();
    }

    private static String describe(Rule rule) {
        return rule.getId() + ": "
                + rule.getNodes().stream()
                        .map(node -> node.getTarget() + " " + node.getFailureSummary())
                        .toList();
    }

    private Page open(BrowserContext context, ServerKindName server) {
        Page page = context.newPage();
        page.navigate(server.of(stack).uri("/").toString());
        return page;
    }

    /** A server with a page. */
    private enum ServerKindName {
        vote,
        result;

        LibertyPart of(LocalStack stack) {
            return this == vote ? stack.vote() : stack.result();
        }
    }
}
