package org.votingapp.systemtests.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.votingapp.stack.LocalStack;
import org.votingapp.systemtests.shared.Count;
import org.votingapp.systemtests.shared.InEachBrowser;
import org.votingapp.systemtests.shared.SharedStack;
import org.votingapp.systemtests.shared.VoteClient;

/** The result page in a browser: it moves with each vote, and agrees with the API, the CSV and Postgres. */
@ExtendWith(SharedStack.class)
class ResultInABrowserIT {

    private static final int MOVES_WITHIN_MILLIS = 1_000;

    private final LocalStack stack;
    private final Browser browser;
    private final Count count;
    private final VoteClient voter;
    private final BrowserContext context;

    ResultInABrowserIT(LocalStack stack, Browser browser, BrowserContext context) {
        this.stack = stack;
        this.browser = browser;
        this.context = context;
        this.count = new Count(stack);
        this.voter = new VoteClient(stack.vote());
    }

    @InEachBrowser
    void theOpenPageMovesWithoutReloadWithinASecondOfTheVote() throws Exception {
        settle();
        Page page = openResultPage(context);
        page.evaluate("window.notReloaded = true");
        long before = votes(page, "a");

        assertThat(voter.castByApi("a").status()).isEqualTo(201);

        await().pollInSameThread()
                .atMost(Duration.ofMillis(MOVES_WITHIN_MILLIS))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> votes(page, "a") == before + 1);
        assertThat(page.evaluate("window.notReloaded")).isEqualTo(true);
    }

    @Test
    void pageApiCsvAndDatabaseAgree() throws Exception {
        voter.castByApi("a");
        voter.castByApi("a");
        voter.castByApi("b");
        settle();

        Map<String, Long> ballots = count.ballots();

        assertThat(count.tallyTable()).isEqualTo(ballots);
        assertThat(count.api()).isEqualTo(ballots);
        assertThat(count.csv()).isEqualTo(ballots);
        assertThat(onPage(openResultPage(context))).isEqualTo(ballots);
        assertThat(count.results().get("total").getAsLong())
                .isEqualTo(ballots.values().stream().mapToLong(Long::longValue).sum());
    }

    @Test
    void withScriptsOffThePageShowsTheCurrentTally() throws Exception {
        voter.castByApi("b");
        settle();
        try (BrowserContext scriptless =
                browser.newContext(new Browser.NewContextOptions().setJavaScriptEnabled(false))) {
            assertThat(onPage(openResultPage(scriptless))).isEqualTo(count.ballots());
        }
    }

    /** Waits until every ballot is recorded and the result server shows it. */
    private void settle() {
        await().atMost(Duration.ofSeconds(15)).until(() -> count.waiting() == 0);
        await().atMost(Duration.ofSeconds(15)).until(() -> count.api().equals(count.ballots()));
    }

    private Page openResultPage(BrowserContext in) {
        Page page = in.newPage();
        page.navigate(stack.result().uri("/").toString());
        return page;
    }

    private static Map<String, Long> onPage(Page page) {
        Map<String, Long> votes = new TreeMap<>();
        for (String choice : List.of("a", "b")) {
            long number = votes(page, choice);
            if (number > 0) {
                votes.put(choice, number);
            }
        }
        return votes;
    }

    private static long votes(Page page, String choice) {
        return Long.parseLong(page.locator(selector(choice)).textContent().replaceAll("\\D", ""));
    }

    private static String selector(String choice) {
        return "[data-option=\"%s\"] .votes".formatted(choice);
    }
}
