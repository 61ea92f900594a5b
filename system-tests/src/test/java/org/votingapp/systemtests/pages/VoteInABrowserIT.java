package org.votingapp.systemtests.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.votingapp.poll.VoterId;
import org.votingapp.stack.LocalStack;
import org.votingapp.systemtests.shared.BallotPage;
import org.votingapp.systemtests.shared.Chromium;
import org.votingapp.systemtests.shared.Count;
import org.votingapp.systemtests.shared.InEachBrowser;
import org.votingapp.systemtests.shared.SharedStack;
import org.votingapp.systemtests.shared.VoteClient;

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

    @InEachBrowser
    void aVoteByMouseIsRecorded() {
        BallotPage ballot = open(context);
        ballot.vote("a");
        assertRecorded(ballot, "a", "Cats");
    }

    @InEachBrowser
    void aVoteByKeyboardAloneIsRecordedAndItsFocusIsVisible() {
        BallotPage ballot = open(context);
        Keyboard keyboard = ballot.page().keyboard();
        tabTo("input[name=vote]", ballot);
        keyboard.press("ArrowDown");
        assertThat(ballot.option("b").isChecked()).isTrue();
        assertThat(outlineOf(".option input:focus-visible + .card", ballot)).isGreaterThanOrEqualTo(2);
        tabTo("form button", ballot);
        assertThat(outlineOf("form button:focus-visible", ballot)).isGreaterThanOrEqualTo(2);
        keyboard.press("Enter");
        assertRecorded(ballot, "b", "Dogs");
    }

    /** Over BiDi Firefox keeps scripts on; there the page gets none. */
    @InEachBrowser
    void aVoteWithoutScriptsIsRecorded() {
        try (BrowserContext scriptless =
                browser.newContext(new Browser.NewContextOptions().setJavaScriptEnabled(false))) {
            scriptless.route("**/*.js", Route::abort);
            BallotPage ballot = open(scriptless);
            ballot.option("b").check();
            assertThat(ballot.button().textContent())
                    .as("a script would name the choice")
                    .isEqualTo("Vote");
            ballot.vote("b");
            assertRecorded(ballot, "b", "Dogs");
        }
    }

    /** There browsers send no {@code Sec-Fetch-Site}, and {@code Origin} only if the page's referrer policy allows it. */
    @InEachBrowser
    void aVoteByAnotherHostNameWithoutTlsIsRecorded() {
        BallotPage ballot = new BallotPage(context.newPage());
        ballot.page()
                .navigate("http://%s:%d/"
                        .formatted(Chromium.HOST, stack.vote().uri("/").getPort()));
        ballot.vote("a");
        assertRecorded(ballot, "a", "Cats");
    }

    @Test
    void aSecondVoteFromAnotherTabIsNotRegisteredAndThePageTellsWhichOneStands() throws SQLException {
        BallotPage ballot = open(context);
        BallotPage other = open(context);
        ballot.vote("a");
        assertRecorded(ballot, "a", "Cats");
        VoterId voter = voter(context);

        other.vote("b");

        Locator notice = other.page().locator(".notice");
        assertThat(notice.textContent().strip()).isEqualTo("You had already voted, so Dogs was not counted.");
        assertThat(notice.evaluate("notice => notice === document.activeElement"))
                .isEqualTo(true);
        assertShown(other, "a", "Cats");
        other.page().reload();
        assertThat(notice.count()).as("once it has been read").isZero();
        assertRecorded(other, "a", "Cats");
        await().atMost(RECORDED).until(() -> count.waiting() == 0);
        assertThat(count.choiceOf(voter)).contains("a");
    }

    /** As from a link that somebody has sent, or a page that was kept. */
    @Test
    void whoHasNotVotedSeesTheSamePageAtTheAddressThatTellsOfASecondVote() throws Exception {
        VoteClient client = new VoteClient(stack.vote());
        Optional<String> voter = client.page(Optional.empty()).cookie();

        assertThat(client.page("/?again=b", voter).body())
                .isEqualTo(client.page(voter).body());
    }

    @Test
    void anotherBrowserCountsOnItsOwn() {
        BallotPage first = open(context);
        first.vote("a");
        assertRecorded(first, "a", "Cats");
        try (BrowserContext other = browser.newContext()) {
            BallotPage ballot = open(other);
            assertThat(ballot.onRecord()).isEmpty();
            ballot.vote("b");
            assertRecorded(ballot, "b", "Dogs");
            assertThat(voter(other)).isNotEqualTo(voter(context));
        }
    }

    @Test
    void aReturningVoterSeesTheirChoice() {
        BallotPage ballot = open(context);
        ballot.vote("b");
        assertRecorded(ballot, "b", "Dogs");
        ballot.page().close();

        assertRecorded(open(context), "b", "Dogs");
    }

    private BallotPage open(BrowserContext in) {
        Page page = in.newPage();
        page.navigate(stack.vote().uri("/").toString());
        return new BallotPage(page);
    }

    /** Asserts that the page shows the vote and Postgres holds it. */
    private void assertRecorded(BallotPage ballot, String choice, String label) {
        assertShown(ballot, choice, label);
        assertThat(ballot.page().locator("#receipt:focus").count())
                .as("focus is on the receipt")
                .isOne();
        VoterId voter = voter(ballot.page().context());
        await().atMost(RECORDED).until(() -> count.choiceOf(voter), Optional.of(choice)::equals);
    }

    private static void assertShown(BallotPage ballot, String choice, String label) {
        assertThat(ballot.receipt().textContent()).isEqualTo("You voted for " + label);
        assertThat(ballot.page().title()).isEqualTo("Voted – Cats vs Dogs!");
        assertThat(ballot.onRecord()).isEqualTo(choice);
    }

    private static VoterId voter(BrowserContext in) {
        String cookie = in.cookies().stream()
                .filter(one -> one.name.startsWith("voter-"))
                .findFirst()
                .orElseThrow()
                .value;
        return VoterId.parse(cookie.substring(0, VoterId.LENGTH)).orElseThrow();
    }

    private static void tabTo(String selector, BallotPage ballot) {
        for (int i = 0; i < 20; i++) {
            ballot.page().keyboard().press("Tab");
            if (ballot.page().locator(selector + ":focus").count() > 0) {
                return;
            }
        }
        throw new AssertionError("the Tab key does not lead to " + selector);
    }

    /** The width of the visible outline, in pixels. */
    private static double outlineOf(String selector, BallotPage ballot) {
        return ((Number) ballot.page().locator(selector).evaluate("""
                element => {
                  const style = getComputedStyle(element);
                  return style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth);
                }""")).doubleValue();
    }
}
