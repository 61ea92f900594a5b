package org.votingapp.systemtests.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.votingapp.stack.LocalStack;
import org.votingapp.systemtests.pages.PlayedStream.Connection;
import org.votingapp.systemtests.shared.SharedStack;

/** The state that the open result page shows for each event on its stream, and for silence. */
@ExtendWith(SharedStack.class)
class ResultPageStatesIT {

    private static final String LIVE = "Live";
    private static final String DELAYED = "Numbers may be delayed";
    private static final Pattern LOST = Pattern.compile("Connection lost\\. Numbers from \\d+:\\d\\d.*\\.");
    private static final String COUNTING = "Voting has closed.";

    private final LocalStack stack;
    private final BrowserContext context;
    private final PlayedStream stream;
    private final Page page;

    ResultPageStatesIT(LocalStack stack, BrowserContext context) throws IOException {
        this.stack = stack;
        this.context = context;
        this.stream = new PlayedStream(context);
        this.page = context.newPage();
    }

    @Test
    void aBrokenStreamIsShownAndReconnects() throws Exception {
        Connection first = open();
        first.tally(PlayedTally.open(1, 0));
        saysAndShows(LIVE, "1 vote");
        first.cut();
        assertThat(sign()).hasText(LOST);
        stream.next(page).tally(PlayedTally.open(2, 0));
        saysAndShows(LIVE, "2 votes");
    }

    /** As behind a proxy that buffers the stream. */
    @Test
    void onASilentStreamThePagePollsAndStaysLive() throws Exception {
        page.clock().install();
        open().tally(PlayedTally.open(1, 0));
        saysAndShows(LIVE, "1 vote");
        answerWith(200, PlayedTally.open(2, 0));
        page.clock().runFor(20_000);
        saysAndShows(LIVE, "2 votes");
        answerWith(200, PlayedTally.open(3, 0));
        page.clock().runFor(4_000);
        saysAndShows(LIVE, "3 votes");
        assertThat(page.locator("#news")).hasText("");
        answerWith(503, "");
        page.clock().runFor(4_000);
        assertThat(sign()).hasText(LOST);
    }

    @Test
    void bufferedEventsAreNotShownAndAWorkingStreamEndsThePolling() throws Exception {
        page.clock().install();
        Connection heldBack = open();
        answerWith(200, PlayedTally.open(3, 0));
        page.clock().runFor(20_000);
        saysAndShows(LIVE, "3 votes");
        heldBack = stream.next(page);
        page.clock().runFor(4_000);
        heldBack.tally(PlayedTally.open(1, 0), Duration.ofSeconds(4));
        answerWith(200, PlayedTally.open(4, 0));
        page.clock().runFor(4_000);
        saysAndShows(LIVE, "4 votes");

        page.clock().runFor(290_000);
        while (stream.isLeftAlone()) {
            page.clock().runFor(200);
        }
        stream.next(page).tally(PlayedTally.open(5, 0));
        saysAndShows(LIVE, "5 votes");
        answerWith(200, PlayedTally.open(6, 0));
        page.clock().runFor(10_000);
        saysAndShows(LIVE, "5 votes");
    }

    @Test
    void ifTheStreamArrivesInBurstsThePagePolls() throws Exception {
        page.clock().install();
        Connection connection = open();
        connection.tally(PlayedTally.open(1, 0), Duration.ofHours(1));
        connection.tally(PlayedTally.open(2, 0));
        saysAndShows(LIVE, "2 votes");
        answerWith(200, PlayedTally.open(4, 0));
        connection.tally(PlayedTally.open(3, 0), Duration.ofSeconds(5));
        saysAndShows(LIVE, "4 votes");
    }

    @Test
    void aTallyThatMayBeStaleIsMarkedUntilItIsNot() throws Exception {
        Connection connection = open();
        connection.tally(PlayedTally.open(1, 0));
        saysAndShows(LIVE, "1 vote");
        connection.heartbeat("behind");
        says(DELAYED);
        connection.tally(PlayedTally.open(2, 0));
        saysAndShows(LIVE, "2 votes");
        connection.heartbeat("behind");
        says(DELAYED);
        connection.heartbeat("live");
        says(LIVE);
    }

    @Test
    void aPollThatClosesIsShown() throws Exception {
        Connection connection = open();
        connection.tally(PlayedTally.open(1, 0));
        says(LIVE);
        connection.tally(PlayedTally.counting(1, 0));
        assertThat(page.locator("#phase")).hasText(COUNTING);
    }

    /** A translator replaces the page's texts by elements of its own. */
    @Test
    void aPollThatClosesIsShownOnATranslatedPage() throws Exception {
        Connection connection = open();
        connection.tally(PlayedTally.open(1, 0));
        saysAndShows(LIVE, "1 vote");
        page.evaluate("""
                () => {
                  for (const words of document.querySelectorAll('#question, #total, #phase, #sign, .label, .votes')) {
                    words.innerHTML = '<font><font>traduit</font></font>';
                  }
                }""");
        connection.tally(PlayedTally.counting(2, 0));
        assertThat(page.locator("#phase")).hasText(COUNTING);
        assertThat(page.locator("[data-option=a] .votes")).hasText("2 votes");
        assertThat(page.locator("[data-option=a] .label")).hasText("traduit");
        assertThat(page.locator("#sign")).hasText("The last votes are being counted.");
    }

    @Test
    void aPollThatClosedUnseenIsShownAsClosed() throws Exception {
        Connection connection = open();
        page.evaluate("""
                () => {
                  document.getElementById('result').dataset.phase = 'before';
                  document.getElementById('phase').textContent = 'Voting opens soon';
                }""");
        connection.tally(PlayedTally.counting(1, 0));
        assertThat(page.locator("#phase")).hasText(COUNTING);
    }

    @Test
    void thePageReloadsIfThePollsTimesChange() throws Exception {
        Connection connection = open();
        connection.tally(PlayedTally.open(1, 0));
        saysAndShows(LIVE, "1 vote");
        page.evaluate("window.isOld = true");
        connection.tally(PlayedTally.open(2, 0));
        saysAndShows(LIVE, "2 votes");
        connection.tally(PlayedTally.openUntil("2127-03-01T09:00:00Z", 3, 0));
        stream.next(page).tally(PlayedTally.open(4, 0));
        saysAndShows(LIVE, "4 votes");
        Assertions.assertThat(page.evaluate("window.isOld")).isNull();
    }

    @Test
    void aHiddenPageClosesItsConnectionAndReconnectsWhenShown() throws Exception {
        page.clock().install();
        page.addInitScript("Object.defineProperty(document, 'hidden', { get: () => window.isSeen !== true })");
        Connection connection = open();
        connection.tally(PlayedTally.open(1, 0));
        saysAndShows(LIVE, "1 vote");
        for (int second = 15; second < 60; second += 15) {
            page.clock().runFor(15_000);
            connection.tally(PlayedTally.open(second, 0));
            saysAndShows(LIVE, second + " votes");
        }
        page.clock().runFor(15_000);
        page.evaluate("window.isSeen = true; document.dispatchEvent(new Event('visibilitychange'))");
        assertThat(sign()).hasText(LOST);
        stream.next(page).tally(PlayedTally.open(3, 0));
        saysAndShows(LIVE, "3 votes");
    }

    @Test
    void aPageFromTheBackForwardCacheReconnects() throws Exception {
        open().tally(PlayedTally.open(1, 0));
        saysAndShows(LIVE, "1 vote");
        page.evaluate("window.dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))");
        page.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))");
        stream.next(page).tally(PlayedTally.open(2, 0));
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
        return stream.open(page, stack.result().uri("/").toString());
    }

    private Locator sign() {
        return page.locator("#sign");
    }

    private void says(String sign) {
        assertThat(sign()).isVisible();
        assertThat(sign()).hasText(sign);
    }

    private void saysAndShows(String sign, String cats) {
        assertThat(page.locator("[data-option=a] .votes")).hasText(cats);
        says(sign);
    }
}
