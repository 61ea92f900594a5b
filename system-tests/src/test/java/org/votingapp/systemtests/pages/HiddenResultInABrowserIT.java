package org.votingapp.systemtests.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.votingapp.stack.LocalStack;
import org.votingapp.systemtests.shared.SharedStack;
import org.votingapp.systemtests.shared.StoredPolls;

/** Open pages whose result is revealed, and open pages of a room whose stage changes. */
@ExtendWith(SharedStack.class)
class HiddenResultInABrowserIT {

    private static final String ROOM = "BRWS23";
    private static final LocatorAssertions.HasTextOptions SOON =
            new LocatorAssertions.HasTextOptions().setTimeout(10_000);

    private final LocalStack stack;
    private final StoredPolls polls;
    private final Page page;
    /** New polls for each test, since the stack keeps them. */
    private final String first = "shown-" + Long.toString(System.nanoTime(), 36);

    private final String second = first + "-next";

    HiddenResultInABrowserIT(LocalStack stack, BrowserContext context) {
        this.stack = stack;
        this.polls = new StoredPolls(stack);
        this.page = context.newPage();
    }

    @BeforeEach
    void openRoom() throws SQLException {
        polls.execute("INSERT INTO room (code, title) VALUES ('%s', 'Hall') ON CONFLICT DO NOTHING".formatted(ROOM));
        polls.put(first, "Who is first?", ROOM, "organiser");
        polls.put(second, "Who is second?", ROOM, "live");
        polls.count(first, 3, 1);
        polls.count(second, 0, 2);
        polls.execute("UPDATE room SET stage = '%s' WHERE code = '%s'".formatted(first, ROOM));
    }

    @AfterEach
    void clear() throws SQLException {
        polls.clear(first);
        polls.clear(second);
    }

    @Test
    void aHiddenResultHasNoBarsAndTheOpenPageShowsItOnceItIsRevealed() throws Exception {
        page.navigate(stack.result().uri("/polls/" + first).toString());
        // Nothing is visible while a page loads anew, so none may.
        mark();
        assertThat(page.locator("#later")).hasText("Results appear when the organiser shows them.");
        assertThat(page.locator("#total")).hasText("4 votes");
        assertThat(page.locator(".label")).hasText(new String[] {"Cats", "Dogs"});
        for (String absent : List.of(".bar", ".numbers", "#numbers a")) {
            assertThat(page.locator(absent).first()).isHidden();
        }
        polls.count(first, 4, 1);
        assertThat(page.locator("#total")).hasText("5 votes");
        reveal(true);
        assertThat(page.locator(".percent").first()).hasText("80%");
        for (String shown : List.of(".bar", ".numbers", "#numbers a")) {
            assertThat(page.locator(shown).first()).isVisible();
        }
        assertThat(page.locator("#later")).isHidden();
        assertThat(page.locator("#news")).hasText("5 votes. In the lead: Cats with 80%.");
        isMarked();
        reveal(false);
        assertThat(page.locator("#later")).isVisible();
        assertThat(page.locator(".percent").first()).hasText("");
    }

    @Test
    void presentModeShowsTheResultOnceItIsRevealed() throws Exception {
        page.navigate(stack.result().uri("/polls/" + first + "/present").toString());
        mark();
        assertThat(page.locator("#later")).hasText("Results appear when the organiser shows them.");
        assertThat(page.locator(".bar").first()).isHidden();
        assertThat(page.locator("#total")).hasText("4");
        reveal(true);
        assertThat(page.locator(".percent").first()).hasText("75%");
        assertThat(page.locator(".bar").first()).isVisible();
        assertThat(page.locator("#later")).isHidden();
        isMarked();
    }

    @Test
    void thePagesOfARoomFollowItsStage() throws Exception {
        assertThatTheyFollow();
    }

    /** As behind a proxy that holds the events back: ResultPageStatesIT shows that a page asks then. */
    @Test
    void withoutEventsThePagesOfARoomAskForItsStage() throws Exception {
        page.addInitScript("delete window.EventSource");
        assertThatTheyFollow();
    }

    private void assertThatTheyFollow() throws SQLException {
        int votes = 4;
        for (String path : List.of("/" + ROOM, "/" + ROOM + "/present")) {
            polls.execute("UPDATE room SET stage = '%s' WHERE code = '%s'".formatted(first, ROOM));
            Locator question = page.locator("#question");
            page.waitForCondition(() -> {
                page.navigate(stack.result().uri(path).toString());
                return question.textContent().equals("Who is first?");
            });
            page.locator("html[data-script=runs]").waitFor();
            // The page is live by then. A stream that it opened later would be of the second poll, and had nothing to
            // follow.
            polls.count(first, ++votes, 0);
            assertThat(page.locator("#total")).hasText(Pattern.compile(votes + "( votes)?"), SOON);
            polls.execute("UPDATE room SET stage = '%s' WHERE code = '%s'".formatted(second, ROOM));
            assertThat(question).hasText("Who is second?", SOON);
            assertThat(page.locator(".percent").last()).hasText("100%");
        }
    }

    /** What a reload would take away. */
    private void mark() {
        page.locator("html[data-script=runs]").waitFor();
        page.evaluate("document.title = window.mark = 'marked'");
    }

    private void isMarked() {
        Assertions.assertThat(page.evaluate("window.mark")).isEqualTo("marked");
    }

    private void reveal(boolean revealed) throws SQLException {
        polls.execute("UPDATE poll SET revealed = %b WHERE id = '%s'".formatted(revealed, first));
    }
}
