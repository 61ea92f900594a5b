package org.votingapp.systemtests.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.WaitUntilState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.votingapp.stack.LocalStack;
import org.votingapp.systemtests.pages.PlayedStream.Connection;
import org.votingapp.systemtests.shared.Chromium;
import org.votingapp.systemtests.shared.SharedStack;

/** Nothing moves on a page but what changed: its layout shift, as a browser measures it, is none. */
@ExtendWith(SharedStack.class)
class NothingMovesIT {

    private static final int HEIGHT = 800;

    private final LocalStack stack;
    private final Browser browser;

    NothingMovesIT(LocalStack stack, Browser browser) {
        this.stack = stack;
        this.browser = browser;
    }

    /** The server tells times in UTC; the script puts the browser's own, which are shorter, or a countdown in their place. */
    @ParameterizedTest
    @CsvSource({"390,/", "390,/present", "1280,/", "1280,/present"})
    void whenTheScriptComes(int width, String path) throws Exception {
        try (AskedPoll poll = new AskedPoll(stack);
                BrowserContext context = open(width, "en")) {
            poll.ask(AskedPoll.Poll.open(
                    "Cats vs Dogs!",
                    List.of(new AskedPoll.Choice("a", "Cats", 1), new AskedPoll.Choice("b", "Dogs", 3))));
            poll.awaitShown();
            Page page = context.newPage();
            List<Route> scripts = new ArrayList<>();
            page.route("**/*.js", scripts::add);
            page.navigate(
                    "http://%s:%d%s".formatted(Chromium.HOST, stack.result().port(), path),
                    new Page.NavigateOptions().setWaitUntil(WaitUntilState.COMMIT));
            page.waitForFunction("() => performance.getEntriesByType('paint').length > 0");
            page.waitForCondition(() -> scripts.size() == 4);
            scripts.forEach(Route::resume);
            page.locator("[data-script=runs]").waitFor();
            assertThat(moved(page)).isEmpty();
            // The poll that comes back would reload it.
            page.close();
        }
    }

    /** In German, Italian and Polish the words are the longest. */
    @ParameterizedTest
    @CsvSource({"320,en", "320,de", "320,it", "320,pl", "1280,en"})
    void whenVotesComeTheLeadChangesTheConnectionIsLostOrVotingCloses(int width, String language) throws Exception {
        try (BrowserContext context = open(width, language)) {
            PlayedStream stream = new PlayedStream(context);
            Page page = context.newPage();
            Connection connection = stream.open(page, stack.result().uri("/").toString());
            connection.tally(PlayedTally.open(0, 0));
            counts(page, "");
            connection.tally(PlayedTally.open(1, 0));
            counts(page, "1");
            connection.tally(PlayedTally.open(1, 1));
            counts(page, "2");
            connection.tally(PlayedTally.open(501, 499));
            counts(page, "1000");
            connection.tally(PlayedTally.open(1_234, 5_678));
            counts(page, "6912");
            connection.heartbeat("behind");
            assertThat(page.locator("[data-sign=behind]")).isVisible();
            connection.cut();
            connection = stream.next(page);
            connection.tally(PlayedTally.open(1_235, 5_678));
            counts(page, "6913");
            connection.tally(PlayedTally.counting(1_235, 5_679));
            counts(page, "6914");
            assertThat(moved(page)).isEmpty();
        }
    }

    private BrowserContext open(int width, String language) {
        BrowserContext context = browser.newContext(
                new Browser.NewContextOptions().setLocale(language).setViewportSize(width, HEIGHT));
        context.addInitScript("""
                window.moved = [];
                window.note = (shifts) => window.moved.push(...shifts
                    .filter((shift) => shift.sources.some(({node}) => node && node.parentElement.closest('main')))
                    .map((shift) => JSON.stringify(shift) + shift.sources.map(({node}) => (node || {}).outerHTML)));
                window.observer = new PerformanceObserver((list) => window.note(list.getEntries()));
                window.observer.observe({type: 'layout-shift', buffered: true});
                """);
        return context;
    }

    /** What moved so far: a browser measures once a frame. */
    private static List<?> moved(Page page) {
        return (List<?>) page.evaluate("""
                () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => {
                  window.note(window.observer.takeRecords());
                  resolve(window.moved);
                })))""");
    }

    /** Waits for the digits of the total, in any language. */
    private static void counts(Page page, String digits) {
        page.waitForFunction(
                "digits => document.getElementById('total').textContent.replace(/\\D/g, '') === digits", digits);
    }
}
