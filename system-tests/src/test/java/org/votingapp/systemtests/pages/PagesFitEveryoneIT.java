package org.votingapp.systemtests.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.votingapp.stack.LocalStack;
import org.votingapp.stack.liberty.LibertyPart;
import org.votingapp.systemtests.shared.BallotPage;
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

    private static void vote(Page page) {
        new BallotPage(page).vote("a");
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
