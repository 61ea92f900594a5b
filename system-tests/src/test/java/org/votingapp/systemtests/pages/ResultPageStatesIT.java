package org.votingapp.systemtests.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.votingapp.stack.LocalStack;
import org.votingapp.systemtests.pages.PlayedStream.Connection;
import org.votingapp.systemtests.shared.SharedStack;

/** The state that the open result page shows for each event on its stream, and for silence. */
@ExtendWith(SharedStack.class)
class ResultPageStatesIT {

    private static final String LIVE = "Live";
    private static final String WAITING = "Waiting for the database…";
    private static final String RECONNECTING = "Reconnecting…";
    private static final String CLOSES = ",\"closes\":\"2127-03-01T09:00:00Z\"";

    private final LocalStack stack;
    private final BrowserContext context;
    private PlayedStream stream;
    private Page page;

    ResultPageStatesIT(LocalStack stack, BrowserContext context) {
        this.stack = stack;
        this.context = context;
    }

    @BeforeEach
    void openBrowser() throws IOException {
        stream = new PlayedStream(context);
        page = context.newPage();
    }

    @AfterEach
    void closeBrowser() {
        stream.close();
    }

    @Test
    void aBrokenStreamIsShownAndReconnects() throws Exception {
        Connection first = open();
        first.tally(tally(1, 0));
        saysAndShows(LIVE, "1 vote");
        first.cut();
        says(RECONNECTING);
        stream.next(page).tally(tally(2, 0));
        saysAndShows(LIVE, "2 votes");
    }

    /** As behind a proxy that buffers the stream. */
    @Test
    void onASilentStreamThePagePollsAndStaysLive() throws Exception {
        page.clock().install();
        open().tally(tally(1, 0));
        saysAndShows(LIVE, "1 vote");
        answerWith(200, tally(2, 0));
        page.clock().runFor(20_000);
        saysAndShows(LIVE, "2 votes");
        answerWith(200, tally(3, 0));
        page.clock().runFor(4_000);
        saysAndShows(LIVE, "3 votes");
        answerWith(503, "");
        page.clock().runFor(4_000);
        says(RECONNECTING);
    }

    @Test
    void bufferedEventsAreNotShownAndAWorkingStreamEndsThePolling() throws Exception {
        page.clock().install();
        Connection heldBack = open();
        answerWith(200, tally(3, 0));
        page.clock().runFor(20_000);
        saysAndShows(LIVE, "3 votes");
        heldBack = stream.next(page);
        page.clock().runFor(4_000);
        heldBack.tally(tally(1, 0), Duration.ofSeconds(4));
        answerWith(200, tally(4, 0));
        page.clock().runFor(4_000);
        saysAndShows(LIVE, "4 votes");

        page.clock().runFor(290_000);
        while (stream.isLeftAlone()) {
            page.clock().runFor(200);
        }
        stream.next(page).tally(tally(5, 0));
        saysAndShows(LIVE, "5 votes");
        answerWith(200, tally(6, 0));
        page.clock().runFor(10_000);
        saysAndShows(LIVE, "5 votes");
    }

    @Test
    void ifTheStreamArrivesInBurstsThePagePolls() throws Exception {
        page.clock().install();
        Connection connection = open();
        connection.tally(tally(1, 0), Duration.ofHours(1));
        connection.tally(tally(2, 0));
        saysAndShows(LIVE, "2 votes");
        answerWith(200, tally(4, 0));
        connection.tally(tally(3, 0), Duration.ofSeconds(5));
        saysAndShows(LIVE, "4 votes");
    }

    @Test
    void aTallyThatMayBeStaleIsMarkedUntilItIsNot() throws Exception {
        Connection connection = open();
        connection.tally(tally(1, 0));
        saysAndShows(LIVE, "1 vote");
        connection.heartbeat("behind");
        says(WAITING);
        connection.tally(tally(2, 0));
        saysAndShows(LIVE, "2 votes");
        connection.heartbeat("behind");
        says(WAITING);
        connection.heartbeat("live");
        says(LIVE);
    }

    @Test
    void aPollThatClosesIsShown() throws Exception {
        Connection connection = open();
        connection.tally(tally(1, 0));
        says(LIVE);
        connection.tally(tally(1, 0, false, ""));
        assertThat(page.locator("#state")).hasText("Voting is closed");
    }

    /** A translator replaces the page's texts by elements of its own. */
    @Test
    void aPollThatClosesIsShownOnATranslatedPage() throws Exception {
        Connection connection = open();
        connection.tally(tally(1, 0));
        saysAndShows(LIVE, "1 vote");
        page.evaluate("""
                () => {
                  for (const words of document.querySelectorAll('#question, #total, #state, #sign, .label, .votes')) {
                    words.innerHTML = '<font><font>traduit</font></font>';
                  }
                }""");
        connection.tally(tally(2, 0, false, ""));
        assertThat(page.locator("#state")).hasText("Voting is closed");
        assertThat(page.locator("[data-option=a] .votes")).hasText("2 votes");
        assertThat(page.locator("[data-option=a] .label")).hasText("traduit");
        assertThat(page.locator("#sign")).hasText("traduit");
    }

    @Test
    void aPollThatClosedUnseenIsShownAsClosed() throws Exception {
        Connection connection = open();
        page.evaluate("""
                () => {
                  const state = document.getElementById('state');
                  state.dataset.state = 'not-yet-open';
                  state.textContent = 'Voting opens soon';
                }""");
        connection.tally(tally(1, 0, false, ""));
        assertThat(page.locator("#state")).hasText("Voting is closed");
    }

    @Test
    void thePageReloadsIfThePollsTimesChange() throws Exception {
        Connection connection = open();
        connection.tally(tally(1, 0));
        saysAndShows(LIVE, "1 vote");
        page.evaluate("window.isOld = true");
        connection.tally(tally(2, 0));
        saysAndShows(LIVE, "2 votes");
        connection.tally(tally(3, 0, true, CLOSES));
        stream.next(page).tally(tally(4, 0));
        saysAndShows(LIVE, "4 votes");
        Assertions.assertThat(page.evaluate("window.isOld")).isNull();
    }

    @Test
    void screenReadersHearNewNumbersOnceInAWhile() throws Exception {
        page.clock().install();
        Connection connection = open();
        Locator news = page.locator("#news");
        for (int cats = 1; cats <= 3; cats++) {
            connection.tally(tally(cats, 1));
        }
        saysAndShows(LIVE, "3 votes");
        page.clock().runFor(9_000);
        assertThat(news).hasText("");
        page.clock().runFor(1_000);
        assertThat(news).hasText("4 votes. Cats 75.0%, Dogs 25.0%.");
    }

    @Test
    void aHiddenPageClosesItsConnectionAndReconnectsWhenShown() throws Exception {
        page.clock().install();
        page.addInitScript("Object.defineProperty(document, 'hidden', { get: () => window.isSeen !== true })");
        Connection connection = open();
        connection.tally(tally(1, 0));
        saysAndShows(LIVE, "1 vote");
        for (int second = 15; second < 60; second += 15) {
            page.clock().runFor(15_000);
            connection.tally(tally(second, 0));
            saysAndShows(LIVE, second + " votes");
        }
        page.clock().runFor(15_000);
        page.evaluate("window.isSeen = true; document.dispatchEvent(new Event('visibilitychange'))");
        says(RECONNECTING);
        stream.next(page).tally(tally(3, 0));
        saysAndShows(LIVE, "3 votes");
    }

    @Test
    void aPageFromTheBackForwardCacheReconnects() throws Exception {
        open().tally(tally(1, 0));
        saysAndShows(LIVE, "1 vote");
        page.evaluate("window.dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))");
        page.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))");
        stream.next(page).tally(tally(2, 0));
        saysAndShows(LIVE, "2 votes");
    }

    private void answerWith(int status, String json) {
        context.route(
                "**/api/results",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setStatus(status)
                        .setContentType("application/json")
                        .setBody(json)));
    }

    private Connection open() {
        page.navigate(stack.result().uri("/").toString());
        return stream.next(page);
    }

    private void says(String sign) {
        assertThat(page.locator("#sign")).isVisible();
        assertThat(page.locator("#sign")).hasText(sign);
    }

    private void saysAndShows(String sign, String cats) {
        assertThat(page.locator("[data-option=a] .votes")).hasText(cats);
        says(sign);
    }

    /** The JSON of an open poll's tally. */
    static String tally(int cats, int dogs) {
        return tally(cats, dogs, true, "");
    }

    private static String tally(int cats, int dogs, boolean open, String times) {
        double share = 100.0 * cats / (cats + dogs);
        return String.format(
                Locale.ROOT,
                "{\"poll\":\"cats-vs-dogs\",\"question\":\"Cats vs Dogs!\",\"total\":%d,\"open\":%b,\"state\":\"%s\"%s,\"options\":["
                        + "{\"key\":\"a\",\"label\":\"Cats\",\"votes\":%d,\"percent\":%.1f},"
                        + "{\"key\":\"b\",\"label\":\"Dogs\",\"votes\":%d,\"percent\":%.1f}]}",
                cats + dogs,
                open,
                open ? "open" : "closed",
                times,
                cats,
                share,
                dogs,
                100 - share);
    }
}
