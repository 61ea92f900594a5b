package org.votingapp.systemtests.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.votingapp.stack.LocalStack;
import org.votingapp.systemtests.pages.AskedPoll.Choice;
import org.votingapp.systemtests.pages.PlayedStream.Connection;
import org.votingapp.systemtests.shared.Chromium;
import org.votingapp.systemtests.shared.SharedStack;

/** What present mode shows in each state of a poll, and what its buttons and keys do. */
@ExtendWith(SharedStack.class)
class PresentModeIT {

    private final LocalStack stack;
    private final Browser browser;
    private final PlayedStream stream;
    private final Page page;

    PresentModeIT(LocalStack stack, Browser browser, BrowserContext context) throws IOException {
        this.stack = stack;
        this.browser = browser;
        this.stream = new PlayedStream(context);
        this.page = context.newPage();
    }

    @Test
    void theLeaderHasAStarAWordAndASolidBar() throws Exception {
        Connection connection = open();
        connection.tally(PlayedTally.open(1, 3));
        assertThat(page.locator("#total")).hasText("4");
        assertThat(page.locator("#votes")).hasText("votes");
        assertThat(row("b").locator(".mark-lead")).isVisible();
        assertThat(row("b").locator(".mark-lead")).hasText("★ Leading");
        assertThat(row("b").locator(".share")).hasCSS("opacity", "1");
        assertThat(row("b").locator(".percent")).hasText("75%");
        assertThat(row("a").locator(".mark-lead")).isHidden();
        assertThat(row("a").locator(".share")).hasCSS("opacity", "0.5");
        connection.tally(PlayedTally.open(3, 3));
        for (String option : List.of("a", "b")) {
            assertThat(row(option).locator(".mark-tie")).isVisible();
            assertThat(row(option).locator(".mark-tie")).hasText("Tie");
            assertThat(row(option).locator(".mark-lead")).isHidden();
        }
    }

    @Test
    void anOpenPollShowsTheCodeAndTheAddress() {
        open();
        assertThat(page.locator(".code")).isVisible();
        assertThat(page.locator(".address")).isVisible();
        assertThat(page.locator(".address"))
                .hasText("Vote at " + Chromium.HOST + ":" + stack.vote().port());
        assertThat(page.locator(".verdict")).isHidden();
    }

    /** The address leads each phone to itself. */
    @Test
    void onALoopbackAddressThereIsNoCode() {
        page.navigate(stack.result().uri("/present").toString());
        assertThat(page.locator(".address")).isVisible();
        assertThat(page.locator(".code")).hasCount(0);
        assertThat(page.locator("[data-act=code]")).hasCount(0);
        page.keyboard().press("q");
        assertThat(page.locator("#rows")).isVisible();
    }

    @Test
    void beforeItOpensTheCodeTakesThreeFifthsOfTheHeightUntilThePollOpens() throws Exception {
        Instant opens = Instant.parse("2127-03-01T09:00:00Z");
        try (AskedPoll poll = new AskedPoll(stack)) {
            poll.ask(new AskedPoll.Poll("Cats vs Dogs!", Optional.of(opens), Optional.empty(), twoChoices()));
            poll.awaitShown();
            page.clock().install();
            page.setViewportSize(1280, 720);
            Connection connection = open();
            assertThat(page.locator("#question")).isVisible();
            assertThat(page.locator("#opens")).containsText("2127");
            assertThat(page.locator("#rows")).isHidden();
            Assertions.assertThat(page.locator(".code").boundingBox().height).isBetween(430.0, 434.0);
            connection.tally(PlayedTally.openUntil(opens.toString(), 1, 0).replace("closes", "opens"));
            assertThat(page.locator("#rows")).isVisible();
            assertThat(page.locator("#opens")).isHidden();
            page.close();
        }
    }

    @Test
    void theLastTenSecondsAreCountedDown() throws Exception {
        Instant closes = Instant.ofEpochSecond(Instant.now().getEpochSecond() + 3600);
        try (AskedPoll poll = new AskedPoll(stack)) {
            poll.ask(new AskedPoll.Poll("Cats vs Dogs!", Optional.empty(), Optional.of(closes), twoChoices()));
            poll.awaitShown();
            page.clock().install();
            open();
            assertThat(page.locator("#left")).hasText(Pattern.compile("59:\\d\\d|1:00:00"));
            assertThat(page.locator("#stage")).hasAttribute("data-last", "false");
            page.clock().pauseAt(closes.minusSeconds(12).toEpochMilli());
            assertThat(page.locator("#left")).hasText(Pattern.compile("0:1\\d"));
            assertThat(page.locator("#stage")).hasAttribute("data-last", "false");
            page.clock().runFor(8_000);
            assertThat(page.locator("#left")).hasText(Pattern.compile("0:0\\d"));
            assertThat(page.locator("#stage")).hasAttribute("data-last", "true");
            page.close();
        }
    }

    @Test
    void theFinalResultNamesTheWinner() throws Exception {
        Connection connection = open();
        connection.tally(PlayedTally.open(1, 3));
        assertThat(page.locator("#total")).hasText("4");
        connection.tally(PlayedTally.counting(1, 3));
        assertThat(page.locator("#outcome")).hasText("Voting has closed. The last votes are being counted.");
        assertThat(page.locator(".winner")).isHidden();
        assertThat(page.locator(".join")).isHidden();
        connection.tally(PlayedTally.last(1, 4));
        assertThat(page.locator("#outcome")).hasText("Final result");
        assertThat(page.locator("#winner")).hasAttribute("data-option", "b");
        assertThat(page.locator("#winner-word")).hasText("Winner");
        assertThat(page.locator("#winner-label")).hasText("Dogs");
        assertThat(page.locator(".row").first()).hasAttribute("data-option", "b");
        assertThat(row("b").locator(".mark-lead")).hasText("★ Winner");
        connection.tally(PlayedTally.last(4, 4));
        assertThat(page.locator("#winner-word")).hasText("It’s a tie");
        assertThat(page.locator("#winner-label")).hasText("");
    }

    @Test
    void whenVotingClosesTheBarsGrowAndTheWinnersLast() throws Exception {
        Connection connection = open();
        connection.tally(PlayedTally.open(1, 3));
        assertThat(page.locator("#total")).hasText("4");
        connection.tally(PlayedTally.counting(1, 3));
        assertThat(page.locator("#stage")).hasAttribute("data-phase", "counting");
        Assertions.assertThat(ends("a")).isEqualTo(600);
        Assertions.assertThat(ends("b")).isEqualTo(1200);
    }

    @Test
    void withReducedMotionNothingMoves() throws Exception {
        page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
        Connection connection = open();
        connection.tally(PlayedTally.open(1, 3));
        assertThat(page.locator("#total")).hasText("4");
        connection.tally(PlayedTally.last(1, 3));
        assertThat(page.locator("#stage")).hasAttribute("data-phase", "final");
        Assertions.assertThat(page.evaluate("document.getAnimations().length")).isEqualTo(0);
    }

    /** When the bar has grown, in milliseconds; the longest of its animations. */
    private Object ends(String option) {
        return row(option).locator(".share").evaluate("""
                share => Math.round(Math.max(...share.getAnimations().map(one => one.effect.getComputedTiming().endTime)))""");
    }

    @Test
    void aLostConnectionIsToldWithTheTimeOfTheNumbers() throws Exception {
        Connection connection = open();
        connection.tally(PlayedTally.open(1, 3));
        assertThat(page.locator("#total")).hasText("4");
        connection.cut();
        assertThat(page.locator("#sign")).hasText(Pattern.compile("Connection lost\\. Numbers from \\d+:\\d\\d.*\\."));
        page.mouse().move(300, 300);
        assertThat(page.locator("#controls")).hasCSS("opacity", "1");
        Assertions.assertThat(page.evaluate("""
                () => {
                  const box = document.getElementById('sign').getBoundingClientRect();
                  return document.elementFromPoint(box.x + 5, box.y + box.height / 2).id;
                }"""))
                .as("what stands above the sign, with all buttons shown")
                .isEqualTo("sign");
        stream.next(page).tally(PlayedTally.open(2, 3));
        assertThat(page.locator("#sign")).hasText("");
        assertThat(page.locator("#total")).hasText("5");
    }

    @Test
    void theScreenChangesAtMostTwiceASecond() throws Exception {
        page.clock().install();
        Connection connection = open();
        page.evaluate("""
                () => {
                  window.changes = [];
                  new MutationObserver(() => window.changes.push(Date.now()))
                    .observe(document.getElementById('total'), { childList: true, characterData: true, subtree: true });
                }""");
        for (int cats = 1; cats <= 30; cats++) {
            connection.tally(PlayedTally.open(cats, 0));
            page.clock().runFor(50);
        }
        page.clock().runFor(500);
        assertThat(page.locator("#total")).hasText("30");
        List<?> changes = (List<?>) page.evaluate("window.changes");
        double first = ((Number) changes.get(0)).doubleValue();
        double last = ((Number) changes.get(changes.size() - 1)).doubleValue();
        // The script hears of a change a moment after it.
        Assertions.assertThat(changes).hasSizeBetween(2, 2 + (int) ((last - first) / 500));
    }

    @Test
    void eachButtonHasAKey() throws Exception {
        Connection connection = open();
        connection.tally(PlayedTally.open(1, 3));
        assertThat(page.locator("#total")).hasText("4");
        page.keyboard().press("q");
        assertThat(button("code")).hasAttribute("aria-pressed", "true");
        double code = page.locator(".code").boundingBox().height;
        Assertions.assertThat(code / page.viewportSize().height).isGreaterThan(0.7);
        page.keyboard().press("Escape");
        assertThat(button("code")).hasAttribute("aria-pressed", "false");
        page.keyboard().press("s");
        assertThat(button("sort")).hasAttribute("aria-pressed", "true");
        assertThat(page.locator(".row").first()).hasAttribute("data-option", "b");
        connection.tally(PlayedTally.open(5, 3));
        assertThat(page.locator(".row").first()).hasAttribute("data-option", "a");
        page.keyboard().press("s");
        page.keyboard().press("f");
        assertThat(button("full")).hasAttribute("aria-pressed", "true");
        page.keyboard().press("f");
        assertThat(button("full")).hasAttribute("aria-pressed", "false");
        page.keyboard().press("?");
        assertThat(page.locator("#help")).isVisible();
        // They are for an organiser, whose page shows this one.
        Locator organisers = page.locator("#help [data-for=organiser]");
        assertThat(organisers).hasCount(3);
        for (Locator line : organisers.all()) {
            assertThat(line).isHidden();
        }
        page.keyboard().press("?");
        assertThat(page.locator("#help")).isHidden();
    }

    @Test
    void itIsDarkUntilSomebodyWantsItLightWhichIsRemembered() {
        open();
        assertThat(page.locator("body")).hasCSS("background-color", "rgb(22, 20, 15)");
        page.keyboard().press("l");
        assertThat(page.locator("body")).hasCSS("background-color", "rgb(250, 247, 242)");
        page.reload();
        assertThat(page.locator("body")).hasCSS("background-color", "rgb(250, 247, 242)");
    }

    /** Web Content Accessibility Guidelines 2.2, 2.1.4 "Character Key Shortcuts". */
    @Test
    void keysCanBeSwitchedOffWhichIsRemembered() {
        open();
        button("help").click();
        page.locator("#keys").uncheck();
        page.locator("#help button").click();
        for (int visit = 0; visit < 2; visit++) {
            page.keyboard().press("l");
            page.keyboard().press("q");
            assertThat(button("light")).hasAttribute("aria-pressed", "false");
            assertThat(button("code")).hasAttribute("aria-pressed", "false");
            page.reload();
            assertThat(page.locator("#controls")).isVisible();
        }
        button("light").click();
        assertThat(button("light")).hasAttribute("aria-pressed", "true");
    }

    @Test
    void buttonsAndPointerHideUntilTheyAreNeeded() {
        page.clock().install();
        open();
        assertThat(page.locator("#controls")).hasCSS("opacity", "1");
        page.clock().runFor(3_500);
        assertThat(page.locator("#controls")).hasCSS("opacity", "0");
        assertThat(page.locator("html")).hasCSS("cursor", "none");
        page.mouse().move(300, 300);
        assertThat(page.locator("#controls")).hasCSS("opacity", "1");
        page.clock().runFor(3_500);
        page.keyboard().press("Tab");
        assertThat(page.locator("#controls")).hasCSS("opacity", "1");
        page.clock().runFor(3_500);
        assertThat(page.locator("#controls")).hasCSS("opacity", "1");
    }

    @Test
    void whereScriptsAreOffThePageIsCompleteAndReloads() {
        try (BrowserContext scriptless =
                browser.newContext(new Browser.NewContextOptions().setJavaScriptEnabled(false))) {
            Page plain = scriptless.newPage();
            plain.navigate(address());
            plain.waitForRequest(
                    request -> request.isNavigationRequest() && request.url().equals(plain.url()), () -> {});
            assertThat(plain.locator(".row")).hasCount(2);
            assertThat(plain.locator(".code")).isVisible();
            assertThat(plain.locator("#controls")).isHidden();
            assertThat(plain.locator("#help")).isHidden();
        }
    }

    @Test
    void inArabicBarsGrowFromTheRightAndTheCodeStandsAsItIs() throws Exception {
        try (BrowserContext arabic = browser.newContext(new Browser.NewContextOptions().setLocale("ar"))) {
            Page mirrored = arabic.newPage();
            new PlayedStream(arabic).open(mirrored, address()).tally(PlayedTally.open(1, 3));
            assertThat(mirrored.locator("[data-option=a] .percent")).containsText("25");
            Assertions.assertThat(mirrored.evaluate("""
                    () => {
                      const [bar, share, code, side, rows] =
                          ['[data-option=a] .bar', '[data-option=a] .share', '.code', '.side', '#rows']
                              .map(part => document.querySelector(part).getBoundingClientRect());
                      const words = document.createRange();
                      words.selectNodeContents(document.getElementById('question'));
                      return [
                        Math.abs(bar.right - share.right) < 1,
                        Math.abs(bar.right - words.getBoundingClientRect().right) < 1,
                        side.right < rows.left,
                        getComputedStyle(document.querySelector('.code')).transform,
                      ].join(' ');
                    }""")).isEqualTo("true true true none");
        }
    }

    private Connection open() {
        Connection connection = stream.open(page, address());
        assertThat(page.locator("#controls")).isVisible();
        return connection;
    }

    private String address() {
        return "http://%s:%d/present".formatted(Chromium.HOST, stack.result().port());
    }

    private Locator row(String option) {
        return page.locator(".row[data-option=" + option + "]");
    }

    private Locator button(String act) {
        return page.locator("[data-act=" + act + "]");
    }

    private static List<Choice> twoChoices() {
        return List.of(new Choice("a", "Cats", 0), new Choice("b", "Dogs", 0));
    }
}
