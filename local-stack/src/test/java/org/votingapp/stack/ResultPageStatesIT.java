package org.votingapp.stack;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.util.Locale;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.votingapp.stack.PlayedStream.Connection;

/** What the open result page says, by what comes on its stream. */
@ExtendWith(SharedStack.class)
class ResultPageStatesIT {

    private static final String LIVE = "Live";
    private static final String WAITING = "Waiting for the database…";
    private static final String RECONNECTING = "Reconnecting…";
    private static final String CLOSES = ",\"closes\":\"2127-03-01T09:00:00Z\"";

    private final LocalStack stack;
    private final Browser browser;
    private BrowserContext context;
    private PlayedStream stream;
    private Page page;

    ResultPageStatesIT(LocalStack stack, Browser browser) {
        this.stack = stack;
        this.browser = browser;
    }

    @BeforeEach
    void openBrowser() throws IOException {
        context = browser.newContext();
        stream = new PlayedStream(context);
        page = context.newPage();
    }

    @AfterEach
    void closeBrowser() {
        context.close();
        stream.close();
    }

    @Test
    void aStreamThatIsCutIsSaidAndComesBack() throws Exception {
        Connection first = open();
        first.tally(tally(1, 0));
        saysAndShows(LIVE, "1 vote");
        first.cut();
        says(RECONNECTING);
        stream.next(page).tally(tally(2, 0));
        saysAndShows(LIVE, "2 votes");
    }

    @Test
    void aStreamThatFallsSilentIsTakenForDead() throws Exception {
        page.clock().install();
        open().tally(tally(1, 0));
        saysAndShows(LIVE, "1 vote");
        page.clock().runFor(35_000);
        says(RECONNECTING);
    }

    @Test
    void thatTheTallyMayBeOvertakenIsSaidUntilItIsNot() throws Exception {
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
    void aPollThatClosesIsSaid() throws Exception {
        Connection connection = open();
        connection.tally(tally(1, 0));
        says(LIVE);
        connection.tally(tally(1, 0, false, ""));
        assertThat(page.locator("#state")).hasText("Voting is closed");
    }

    @Test
    void thePageIsMadeAnewForAPollOfOtherTimes() throws Exception {
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
    void newNumbersAreToldToThoseWhoListenOnceInAWhile() throws Exception {
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
    void aPageThatNobodySeesGivesItsConnectionBackAndConnectsWhenItIsLookedAt() throws Exception {
        page.clock().install();
        page.addInitScript("Object.defineProperty(document, 'hidden', { get: () => window.isSeen !== true })");
        Connection connection = open();
        connection.tally(tally(1, 0));
        saysAndShows(LIVE, "1 vote");
        page.clock().runFor(30_000);
        connection.tally(tally(2, 0));
        saysAndShows(LIVE, "2 votes");
        page.clock().runFor(30_000);
        page.evaluate("window.isSeen = true; document.dispatchEvent(new Event('visibilitychange'))");
        says(RECONNECTING);
        stream.next(page).tally(tally(3, 0));
        saysAndShows(LIVE, "3 votes");
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

    private static String tally(int cats, int dogs) {
        return tally(cats, dogs, true, "");
    }

    private static String tally(int cats, int dogs, boolean open, String times) {
        double share = 100.0 * cats / (cats + dogs);
        return String.format(
                Locale.ROOT,
                "{\"poll\":\"cats-vs-dogs\",\"question\":\"Cats vs Dogs!\",\"total\":%d,\"open\":%b%s,\"options\":["
                        + "{\"key\":\"a\",\"label\":\"Cats\",\"votes\":%d,\"percent\":%.1f},"
                        + "{\"key\":\"b\",\"label\":\"Dogs\",\"votes\":%d,\"percent\":%.1f}]}",
                cats + dogs,
                open,
                times,
                cats,
                share,
                dogs,
                100 - share);
    }
}
