package org.votingapp.systemtests.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.votingapp.poll.VoterId;
import org.votingapp.stack.LocalStack;
import org.votingapp.systemtests.shared.Chromium;
import org.votingapp.systemtests.shared.Count;
import org.votingapp.systemtests.shared.SharedStack;

/** Voting in a browser: by mouse, by keyboard, without scripts, and a second time. */
@ExtendWith(SharedStack.class)
class VoteInABrowserIT {

    private static final Duration RECORDED = Duration.ofSeconds(10);

    private final LocalStack stack;
    private final Browser browser;
    private final Count count;
    private final BrowserContext context;

    VoteInABrowserIT(LocalStack stack, Browser browser, BrowserContext context) {
        this.stack = stack;
        this.browser = browser;
        this.context = context;
        this.count = new Count(stack);
    }

    @Test
    void aVoteByMouseIsRecorded() {
        Page page = openVotingPage(context);
        tile(page, "a").click();
        assertRecorded(page, "a", "Cats");
    }

    @Test
    void aVoteByKeyboardAloneIsRecordedAndItsFocusIsVisible() {
        Page page = openVotingPage(context);
        tabTo(page, "b");
        assertThat(focusIsVisible(page)).as("focus is visible").isTrue();
        page.keyboard().press("Enter");
        assertRecorded(page, "b", "Dogs");
    }

    @Test
    void aVoteWithScriptsOffIsRecorded() {
        try (BrowserContext scriptless =
                browser.newContext(new Browser.NewContextOptions().setJavaScriptEnabled(false))) {
            Page page = openVotingPage(scriptless);
            tile(page, "a").click();
            assertRecorded(page, "a", "Cats");
        }
    }

    /** There browsers send no {@code Sec-Fetch-Site}, and {@code Origin} only if the page's referrer policy allows it. */
    @Test
    void aVoteByAnotherHostNameWithoutTlsIsRecorded() {
        Page page = context.newPage();
        page.navigate(
                "http://%s:%d/".formatted(Chromium.HOST, stack.vote().uri("/").getPort()));
        tile(page, "a").click();
        assertRecorded(page, "a", "Cats");
    }

    @Test
    void aSecondVoteIsNotRegisteredAndThePageSaysSo() throws SQLException {
        Page page = openVotingPage(context);
        tile(page, "a").click();
        assertRecorded(page, "a", "Cats");
        UUID voter = voter(context);

        tile(page, "b").click();

        assertRecorded(page, "a", "Cats");
        assertThat(page.getByRole(AriaRole.STATUS).textContent()).contains("not registered");
        await().atMost(RECORDED).until(() -> count.waiting() == 0);
        assertThat(count.choiceOf(voter)).contains("a");
    }

    @Test
    void anotherBrowserCountsOnItsOwn() {
        Page first = openVotingPage(context);
        tile(first, "a").click();
        assertRecorded(first, "a", "Cats");
        try (BrowserContext other = browser.newContext()) {
            Page page = openVotingPage(other);
            assertThat(chosen(page).count()).isZero();
            tile(page, "b").click();
            assertRecorded(page, "b", "Dogs");
            assertThat(voter(other)).isNotEqualTo(voter(context));
        }
    }

    @Test
    void aReturningVoterSeesTheirChoice() {
        Page page = openVotingPage(context);
        tile(page, "b").click();
        assertRecorded(page, "b", "Dogs");
        page.close();

        assertRecorded(openVotingPage(context), "b", "Dogs");
    }

    private Page openVotingPage(BrowserContext in) {
        Page page = in.newPage();
        page.navigate(stack.vote().uri("/").toString());
        return page;
    }

    private static Locator tile(Page page, String choice) {
        return page.locator("button[name=vote][value=%s]".formatted(choice));
    }

    private static Locator chosen(Page page) {
        return page.locator("button[name=vote][aria-pressed=true]");
    }

    /** Asserts that the page shows the vote and Postgres holds it. */
    private void assertRecorded(Page page, String choice, String label) {
        page.getByRole(AriaRole.STATUS).waitFor();
        assertThat(page.getByRole(AriaRole.STATUS).textContent()).contains("Your vote for " + label);
        assertThat(chosen(page).count()).isEqualTo(1);
        assertThat(chosen(page).getAttribute("value")).isEqualTo(choice);
        UUID voter = voter(page.context());
        await().atMost(RECORDED).until(() -> count.choiceOf(voter), Optional.of(choice)::equals);
    }

    private static UUID voter(BrowserContext in) {
        String cookie = in.cookies().stream()
                .filter(one -> one.name.startsWith("voter-"))
                .findFirst()
                .orElseThrow()
                .value;
        return VoterId.parse(cookie.substring(0, VoterId.LENGTH)).orElseThrow().toUuid();
    }

    private static void tabTo(Page page, String choice) {
        for (int i = 0; i < 20; i++) {
            page.keyboard().press("Tab");
            if (page.evaluate("document.activeElement.value") instanceof String value && value.equals(choice)) {
                return;
            }
        }
        throw new AssertionError("the Tab key does not lead to option " + choice);
    }

    private static boolean focusIsVisible(Page page) {
        return (boolean) page.evaluate("""
                () => {
                  const style = getComputedStyle(document.activeElement);
                  return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
                }""");
    }
}
