package org.votingapp.systemtests.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.votingapp.stack.LocalStack;
import org.votingapp.systemtests.pages.PlayedStream.Connection;
import org.votingapp.systemtests.shared.Chromium;
import org.votingapp.systemtests.shared.SharedStack;

/** What the open result page says about a tally: who leads, shares, the final result, and what screen readers hear. */
@ExtendWith(SharedStack.class)
class ScoreboardIT {

    /** In milliseconds, with room for rounding. */
    private static final int HALF_A_SECOND = 490;

    private final LocalStack stack;
    private final BrowserContext context;
    private final PlayedStream stream;
    private final Page page;
    private Connection connection;

    ScoreboardIT(LocalStack stack, BrowserContext context) throws IOException {
        this.stack = stack;
        this.context = context;
        this.stream = new PlayedStream(context);
        this.page = context.newPage();
        page.clock().install();
        this.connection = stream.open(page, address());
    }

    @Test
    void theLeaderHasASolidBarAStarAndAWord() throws Exception {
        connection.tally(PlayedTally.open(1, 3));
        assertThat(row("b").locator(".mark-lead")).isVisible();
        assertThat(row("b").locator(".mark-lead")).hasText("Leading");
        assertThat(row("b").locator(".star")).isVisible();
        assertThat(row("b").locator(".mark-tie")).isHidden();
        assertThat(row("a").locator(".mark-lead")).isHidden();
        assertThat(page.locator("[data-option=b] .share")).hasCSS("opacity", "1");
        assertThat(page.locator("[data-option=a] .share")).hasCSS("opacity", "0.5");
    }

    /** The server has written the words of the tally that the page began with, so the lead changes until the script has. */
    @Test
    void theWordFollowsTheLead() throws Exception {
        play(1, 3);
        assertLeads("b", "Leading");
        play(4, 3);
        assertLeads("a", "Leading");
        play(4, 4);
        for (String option : List.of("a", "b")) {
            assertThat(row(option).locator(".mark-tie")).isVisible();
            assertThat(row(option).locator(".mark-lead")).isHidden();
        }
        play(4, 5);
        assertLeads("b", "Leading");
        connection.tally(PlayedTally.last(6, 5));
        assertLeads("a", "Winner");
    }

    private void assertLeads(String leader, String word) {
        String other = leader.equals("a") ? "b" : "a";
        assertThat(row(leader).locator(".mark-lead")).hasText(word);
        assertThat(row(leader).locator(".mark-lead")).isVisible();
        assertThat(row(leader).locator(".mark-tie")).isHidden();
        assertThat(row(leader).locator(".share")).hasCSS("opacity", "1");
        assertThat(row(other).locator(".mark > :visible")).hasCount(0);
    }

    @Test
    void equalsAreATie() throws Exception {
        connection.tally(PlayedTally.open(2, 2));
        for (String option : List.of("a", "b")) {
            assertThat(row(option).locator(".mark-tie")).isVisible();
            assertThat(row(option).locator(".mark-tie")).hasText("Tie");
            assertThat(row(option).locator(".mark-lead")).isHidden();
            assertThat(row(option).locator(".percent")).hasText("50%");
            assertThat(row(option).locator(".star")).isHidden();
        }
    }

    @Test
    void nobodyLeadsWithoutVotes() throws Exception {
        connection.tally(PlayedTally.open(0, 0));
        assertThat(page.locator("#total")).hasText("No votes yet");
        assertThat(page.locator(".mark > :visible")).hasCount(0);
        assertThat(row("a").locator(".percent")).hasText("");
    }

    /** As the server writes them: StandingTest. */
    @ParameterizedTest
    @CsvSource({
        "2 1, 66.7 33.3, 67 33",
        "4 1 1, 66.6 16.7 16.7, 66 17 17",
        "1 1 1, 33.3 33.3 33.3, 33.3 33.3 33.3",
        "501 499, 50.1 49.9, 50.1 49.9",
        "1 0, 100.0 0.0, 100 0"
    })
    void percentsAreWholeWhereTheSumAllowsIt(String votes, String percents, String shown) {
        assertThat(page.locator("#pause")).isVisible();
        Assertions.assertThat(page.evaluate("""
                ([votes, percents]) => {
                  const shares = percents.split(' ');
                  const options = votes.split(' ').map((count, at) => ({ votes: Number(count), percent: Number(shares[at]) }));
                  const shown = scoreboard.percentsOf({ total: 1, options });
                  return shown.values.map((value) => value.toFixed(shown.digits)).join(' ');
                }""", List.of(votes, percents))).isEqualTo(shown);
    }

    @Test
    void theFinalResultNamesTheWinnerFirstAndNoWayToVote() throws Exception {
        connection.tally(PlayedTally.open(1, 3));
        assertThat(page.locator(".invite")).isVisible();
        assertThat(page.locator("#sign")).isVisible();
        connection.tally(PlayedTally.counting(1, 3));
        assertThat(page.locator("#phase")).hasText("Voting has closed.");
        assertThat(page.locator("#sign")).hasText("The last votes are being counted.");
        assertThat(page.locator(".invite")).isHidden();
        assertThat(page.locator("#verdict")).isHidden();
        assertThat(page.locator(".row").first()).hasAttribute("data-option", "a");

        connection.tally(PlayedTally.last(1, 4));
        assertThat(page.locator("#phase")).hasText("Final result");
        assertThat(page.locator("#verdict")).isVisible();
        assertThat(page.locator("#verdict-word")).hasText("Winner");
        assertThat(page.locator("#verdict-label")).hasText("Dogs");
        assertThat(page.locator(".row").first()).hasAttribute("data-option", "b");
        assertThat(page.locator("#news")).hasText("Final result. 5 votes. Winner: Dogs with 80%.");
        assertThat(page.locator("#pause")).isHidden();
        assertThat(page).hasTitle("Cats vs Dogs! – Final result");
    }

    @Test
    void aFinalTieHasNoWinner() throws Exception {
        connection.tally(PlayedTally.last(2, 2));
        assertThat(page.locator("#verdict-word")).hasText("It’s a tie");
        assertThat(page.locator("#verdict-label")).isHidden();
        assertThat(page.locator("#news")).hasText("Final result. 4 votes. It’s a tie.");
    }

    @Test
    void closingDoesNotLoseThePlaceOfWhoWasAtTheLinkToVote() throws Exception {
        play(1, 3);
        page.locator(".invite a").focus();
        connection.tally(PlayedTally.last(1, 3));
        assertThat(page.locator("h1")).isFocused();
    }

    @Test
    void itSaysWhenVotingClosesAndCountsTheLastMinutesDown() {
        closeIn(Duration.ofDays(40));
        assertThat(page.locator("#when"))
                .hasText(Pattern.compile("Closes on \\w+\u00A0\\d+.* at \\d+:\\d\\d\u00A0[AP]M"));
        closeIn(Duration.ofSeconds(250));
        assertThat(page.locator("#when")).hasText(Pattern.compile("Closes in 4:0\\d"));
        page.clock().runFor(15_000);
        assertThat(page.locator("#when")).hasText(Pattern.compile("Closes in 3:[45]\\d"));
    }

    /** The clock of a phone may be wrong, and voting closes by the server's. */
    @Test
    void itCountsDownByTheServersClock() throws Exception {
        page.clock()
                .setSystemTime(System.currentTimeMillis() + Duration.ofHours(1).toMillis());
        connection = stream.open(page, address());
        closeIn(Duration.ofSeconds(250));
        assertThat(page.locator("#when")).hasText(Pattern.compile("Closes in 4:\\d\\d"));
    }

    private void closeIn(Duration duration) {
        closeAt(Instant.now().plus(duration), page);
        page.clock().runFor(1_000);
    }

    private static void closeAt(Instant time, Page page) {
        page.evaluate("time => document.getElementById('when').dataset.closes = time", time.toString());
    }

    @Test
    void numbersChangeAtMostTwiceASecond() throws Exception {
        play(1, 0);
        page.evaluate("""
                () => {
                  window.changes = [];
                  new MutationObserver(() => window.changes.push(Date.now()))
                      .observe(document.getElementById('total'), {childList: true});
                }""");
        for (int cats = 2; cats <= 30; cats++) {
            connection.tally(PlayedTally.open(cats, 0));
            page.clock().runFor(50);
        }
        assertThat(row("a").locator(".votes")).hasText("30 votes");
        List<?> changes = (List<?>) page.evaluate("window.changes");
        Assertions.assertThat(changes).hasSizeGreaterThan(1);
        for (int at = 1; at < changes.size(); at++) {
            double pause = ((Number) changes.get(at)).doubleValue() - ((Number) changes.get(at - 1)).doubleValue();
            Assertions.assertThat(pause).as("of %s", changes).isGreaterThan(HALF_A_SECOND);
        }
    }

    @Test
    void screenReadersHearNewNumbersOnceInHalfAMinute() throws Exception {
        play(1, 1);
        page.clock().runFor(10_000);
        play(2, 1);
        page.clock().runFor(10_000);
        play(3, 1);
        assertThat(news()).hasText("");
        page.clock().runFor(10_000);
        assertThat(news()).hasText("4 votes. In the lead: Cats with 75%.");
        play(4, 1);
        page.clock().runFor(10_000);
        play(5, 1);
        page.clock().runFor(10_000);
        play(6, 6);
        assertThat(news()).hasText("4 votes. In the lead: Cats with 75%.");
        page.clock().runFor(10_000);
        assertThat(news()).hasText("12 votes. It’s a tie.");
    }

    @Test
    void screenReadersHearAtOnceOfLossReturnAndClosing() throws Exception {
        play(1, 0);
        connection.cut();
        assertThat(news()).hasText("Connection lost. This page keeps trying to reconnect.");
        page.clock().runFor(2_000);
        connection = stream.next(page);
        connection.tally(PlayedTally.open(1, 0));
        assertThat(news()).hasText("The numbers are up to date again.");
        connection.tally(PlayedTally.counting(1, 0));
        assertThat(news()).hasText("Voting has closed. The last votes are being counted.");
    }

    @Test
    void screenReadersHearThatVotingHasOpened() throws Exception {
        page.evaluate("document.getElementById('result').dataset.phase = 'before'");
        connection.tally(PlayedTally.open(0, 0));
        assertThat(news()).hasText("Voting has opened.");
        assertThat(page.locator("#phase")).hasText("Open");
    }

    @Test
    void whoPausesSeesAndHearsNothingNewUntilTheyResume() throws Exception {
        context.route(
                "**/api/results",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody(PlayedTally.open(2, 0))));
        play(1, 0);
        page.locator("#pause").click();
        assertThat(page.locator("#pause")).hasText("Resume updates");
        assertThat(page.locator("#sign")).hasText("Updates paused");
        connection.tally(PlayedTally.open(2, 0));
        connection.heartbeat("behind");
        page.clock().runFor(40_000);
        assertThat(row("a").locator(".votes")).hasText("1 vote");
        assertThat(news()).hasText("");
        page.locator("#pause").click();
        assertThat(row("a").locator(".votes")).hasText("2 votes");
        assertThat(page.locator("#sign")).hasText("Live");
    }

    private String address() {
        return "http://%s:%d/".formatted(Chromium.HOST, stack.result().port());
    }

    /** Plays an open tally, and waits until it shows. */
    private void play(int cats, int dogs) throws IOException {
        connection.tally(PlayedTally.open(cats, dogs));
        assertThat(row("a").locator(".votes")).hasText(cats == 1 ? "1 vote" : cats + " votes");
        assertThat(row("b").locator(".votes")).hasText(dogs == 1 ? "1 vote" : dogs + " votes");
    }

    private Locator row(String option) {
        return page.locator(".row[data-option=%s]".formatted(option));
    }

    private Locator news() {
        return page.locator("#news");
    }
}
