package org.votingapp.systemtests.hardening;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollOption;
import org.votingapp.poll.RevoteRule;
import org.votingapp.poll.RoomCode;
import org.votingapp.stack.LocalStack;
import org.votingapp.systemtests.shared.BallotPage;
import org.votingapp.systemtests.shared.DefinedRooms;
import org.votingapp.systemtests.shared.SharedStack;
import org.votingapp.systemtests.shared.StoredPolls;
import org.votingapp.systemtests.shared.VoteClient;

/**
 * What an organiser writes is text on the pages of voters and watchers, in what the server renders and in what scripts put in later:
 * in a browser that takes no notice of the content security policy, which would run none of it.
 */
@ExtendWith(SharedStack.class)
class HostileLabelsIT {

    private static final String HOSTILE =
            "<img src=x onerror=alert(1)><script>alert(2)</script>'\" onfocus=alert(3) x=";
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final HasTextOptions TEXT_SOON = new HasTextOptions().setTimeout(SOON.toMillis());
    private static final RoomCode CODE = new RoomCode("HSTR22");
    private static final String POLL = "hostile";

    private final LocalStack stack;
    private final Browser browser;
    private final List<String> dialogs = new ArrayList<>();

    HostileLabelsIT(LocalStack stack, Browser browser) {
        this.stack = stack;
        this.browser = browser;
    }

    @Test
    void questionTitleAndLabelsAreTextForVotersAndWatchers() throws Exception {
        new DefinedRooms(stack).open(CODE, HOSTILE, poll());
        VoteClient client = new VoteClient(stack.vote());
        await().atMost(SOON)
                .until(() -> client.page("/" + CODE, Optional.empty()).status() == 200);
        try (BrowserContext context = browser.newContext(new Browser.NewContextOptions().setBypassCSP(true))) {
            Page voter = open(context, stack.vote().uri("/" + CODE));
            assertThat(voter.locator(".question")).hasText(HOSTILE + "?");
            assertThat(voter.locator(".room")).hasText(HOSTILE);
            assertThat(voter.locator("form .label").first()).hasText(HOSTILE);
            assertHarmless(voter);
            Page result = open(context, stack.result().uri("/" + CODE));
            Page present = open(context, stack.result().uri("/" + CODE + "/present"));
            for (Page watcher : List.of(result, present)) {
                assertThat(watcher.locator("#question")).hasText(HOSTILE + "?");
                assertThat(watcher.locator("[data-option=a] .label").first()).hasText(HOSTILE);
            }

            new BallotPage(voter).vote("a");

            assertThat(voter.locator(".ballot strong").first()).hasText(HOSTILE);
            assertThat(present.locator("#total")).hasText("1", TEXT_SOON);
            new StoredPolls(stack).execute("UPDATE poll SET closes = clock_timestamp() WHERE id = '" + POLL + "'");
            assertThat(present.locator("#winner-label")).hasText(HOSTILE, TEXT_SOON);
            for (Page page : List.of(voter, result, present)) {
                assertHarmless(page);
            }
        }
        assertThat(dialogs).isEmpty();
    }

    private Page open(BrowserContext context, URI address) {
        Page page = context.newPage();
        page.onDialog(this::note);
        page.navigate(address.toString());
        return page;
    }

    private void note(Dialog dialog) {
        dialogs.add(dialog.message());
        dialog.dismiss();
    }

    private static void assertHarmless(Page page) {
        assertThat(page.locator("[onerror], [onfocus], img[src=x]")).hasCount(0);
    }

    private static Poll poll() {
        return new Poll(
                POLL,
                HOSTILE + "?",
                "en",
                List.of(new PollOption("a", HOSTILE), new PollOption("b", "Harmless")),
                RevoteRule.FINAL,
                Optional.empty(),
                Optional.empty());
    }
}
