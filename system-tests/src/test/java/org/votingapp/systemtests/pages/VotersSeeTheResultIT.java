package org.votingapp.systemtests.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.votingapp.runtime.settings.Settings;
import org.votingapp.runtime.signing.ResultPasses;
import org.votingapp.stack.LocalStack;
import org.votingapp.stack.liberty.ServerKind;
import org.votingapp.systemtests.shared.BallotPage;
import org.votingapp.systemtests.shared.SharedStack;
import org.votingapp.systemtests.shared.StoredPolls;
import org.votingapp.systemtests.shared.VoteClient;

/** A room whose poll shows its result to those who have voted ({@code results: voted}), from the first look to the live numbers. */
@ExtendWith(SharedStack.class)
class VotersSeeTheResultIT {

    private static final String ROOM = "VTDR23";
    private static final String HOW_TO_SEE_IT = "Results appear once you have voted.";
    private static final Duration SOON = Duration.ofSeconds(20);

    private final LocalStack stack;
    private final BrowserContext browser;
    private final StoredPolls polls;
    private final VoteClient others;
    /** New polls for each test, since the stack keeps them. */
    private final String poll = "voted-" + Long.toString(System.nanoTime(), 36);

    private final String other = poll + "-next";

    VotersSeeTheResultIT(LocalStack stack, BrowserContext browser) {
        this.stack = stack;
        this.browser = browser;
        this.polls = new StoredPolls(stack);
        this.others = new VoteClient(stack.vote());
    }

    @BeforeEach
    void openRoom() throws SQLException {
        polls.execute("INSERT INTO room (code, title) VALUES ('%s', 'Hall') ON CONFLICT DO NOTHING".formatted(ROOM));
        polls.put(poll, "Who is first?", ROOM, "voted");
        polls.put(other, "Who is second?", ROOM, "voted");
        polls.execute("UPDATE room SET stage = '%s' WHERE code = '%s'".formatted(poll, ROOM));
        Awaitility.await("the vote server knows the room and its poll")
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> others.page("/" + ROOM, Optional.empty()).body().contains("data-poll=\"" + poll + "\""));
    }

    @Test
    void theReceiptLeadsVotersToTheLiveResultAndNobodyElseSeesIt() throws Exception {
        Page result = open("/" + ROOM);
        isHidden(result);
        assertThat(result.locator(".invite a")).isVisible();

        BallotPage ballot = new BallotPage(browser.newPage());
        ballot.page().navigate(stack.vote().uri("/" + ROOM).toString());
        ballot.vote("b");
        ballot.page().locator(".slip a.action").click();
        Page shown = ballot.page();
        assertThat(shown.locator("#question")).hasText("Who is first?");
        assertThat(shown.locator("#later")).isHidden();
        assertThat(shown.locator(".row[data-option=b] .percent"))
                .hasText("100%", new HasTextOptions().setTimeout(SOON.toMillis()));

        shown.locator("html[data-script=runs]").waitFor();
        shown.evaluate("window.mark = 'no reload takes this away'");
        others.postForm("/" + ROOM, "poll=" + poll + "&vote=a", Optional.empty());
        assertThat(shown.locator("#total")).hasText("2 votes", new HasTextOptions().setTimeout(SOON.toMillis()));
        assertThat(shown.locator(".row[data-option=a] .percent")).hasText("50%");
        Assertions.assertThat(shown.evaluate("window.mark")).isNotNull();

        assertThat(result.locator("#total")).hasText("2 votes");
        isHidden(result);
    }

    @Test
    void aPassShowsOnlyTheResultOfItsOwnPollUntilItExpires() {
        String path = "/polls/" + poll + "?pass=";
        Instant now = Instant.now();
        assertThat(open(path + pass(poll, now)).locator("#later")).isHidden();
        isHidden(open(path + pass(other, now)));
        isHidden(open(path + pass(poll, now.minus(ResultPasses.LIFE).minus(Duration.ofHours(1)))));
    }

    /** A pass that a vote server gave at this time. */
    private String pass(String pollId, Instant given) {
        String key = stack.settings(ServerKind.RESULT).get("RESULT_PASS_KEY");
        return ResultPasses.read(Settings.from(name -> Optional.of(key)), Clock.fixed(given, ZoneOffset.UTC))
                .orElseThrow()
                .give(pollId);
    }

    private Page open(String path) {
        Page page = browser.newPage();
        page.waitForCondition(
                () -> page.navigate(stack.result().uri(path).toString()).status() == 200);
        return page;
    }

    private static void isHidden(Page page) {
        assertThat(page.locator("#later")).hasText(HOW_TO_SEE_IT);
        assertThat(page.locator(".bar").first()).isHidden();
        assertThat(page.locator(".percent").first()).hasText("");
    }
}
